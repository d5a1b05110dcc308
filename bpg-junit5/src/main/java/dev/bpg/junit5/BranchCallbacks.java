package dev.bpg.junit5;

import dev.bpg.error.RefusedException;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * What the annotation and the registered extension do alike. Stateless: everything is in JUnit's
 * stores. Whichever callback comes first opens a branch, because with one instance for all tests
 * the instance is made before {@code beforeAll}.
 */
abstract class BranchCallbacks
    implements BeforeAllCallback,
        BeforeEachCallback,
        TestInstancePreConstructCallback,
        TestInstancePostProcessor,
        ParameterResolver,
        TestWatcher,
        InvocationInterceptor {

  /**
   * What is declared for a class, at the class, at the classes around it, and at the test method.
   * The nearest comes first; of those with one name, only the nearest is there.
   */
  abstract List<Declaration> declared(ExtensionContext context, Class<?> declaring);

  /** What is declared for a context at any class around it. */
  abstract Stream<Declaration> declared(ExtensionContext context);

  /** The branch of a declaration, opened if it is not yet. */
  abstract TestBranch open(Declaration declaration, ExtensionContext context);

  /** The branch of a declaration if it is open. */
  abstract Optional<TestBranch> opened(Declaration declaration, ExtensionContext context);

  @Override
  public void beforeAll(ExtensionContext context) {
    Class<?> testClass = context.getRequiredTestClass();
    begin(context, testClass);
    BranchFields.set(testClass, null, field -> value(field, field.getType(), testClass, context));
  }

  /** Opens the branches here, where an error is shown as it is, and not when they are needed. */
  @Override
  public final void preConstructTestInstance(
      TestInstanceFactoryContext instance, ExtensionContext context) {
    begin(context, instance.getTestClass());
  }

  private void begin(ExtensionContext context, Class<?> declaring) {
    if (context.getTestMethod().isEmpty()) {
      // First, so that the classes around hear of it when this one gets no further.
      context
          .getStore(Namespace.create(BranchCallbacks.class, this))
          .put(
              Failures.AtClose.class,
              new Failures.AtClose(context, () -> context.getParent().ifPresent(this::markFailed)));
    }
    declared(context, declaring).stream()
        .filter(declaration -> declaration.belongsTo(context))
        .forEach(
            declaration -> {
              TestBranch branch = open(declaration, context);
              // The instance of a class around is made with the context of the test inside.
              if (declaring.equals(context.getRequiredTestClass())) {
                branch.useIn(context);
              }
            });
  }

  /** With a context of the test, so that what an instance opens is closed after its test. */
  @Override
  public final ExtensionContextScope getTestInstantiationExtensionContextScope(
      ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public final void postProcessTestInstance(Object instance, ExtensionContext context) {
    Class<?> testClass = instance.getClass();
    BranchFields.set(
        testClass,
        instance,
        field ->
            isOfEachTest(field, testClass, context) && context.getTestMethod().isEmpty()
                ? Optional.empty()
                : value(field, field.getType(), testClass, context));
  }

  /** Opens what each test has of its own, and sets what one instance has for all tests. */
  @Override
  public void beforeEach(ExtensionContext context) {
    begin(context, context.getRequiredTestClass());
    if (setsFieldsBeforeEach(context)) {
      for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
        Class<?> testClass = instance.getClass();
        BranchFields.set(
            testClass,
            instance,
            field ->
                isOfEachTest(field, testClass, context)
                    ? value(field, field.getType(), testClass, context)
                    : Optional.empty());
      }
    }
  }

  /** Whether fields of a test's own branch could not be set when the instance was made. */
  boolean setsFieldsBeforeEach(ExtensionContext context) {
    return context.getTestInstanceLifecycle().filter(Lifecycle.PER_CLASS::equals).isPresent();
  }

  private boolean isOfEachTest(
      AnnotatedElement field, Class<?> declaring, ExtensionContext context) {
    return find(field, declaring, context)
        .filter(declaration -> declaration.scope() == BranchScope.METHOD)
        .isPresent();
  }

  @Override
  public final boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return (parameter.isAnnotated(BranchUrl.class)
            || BranchValues.TYPES.contains(parameter.getParameter().getType()))
        && find(parameter.getParameter(), declaring(parameter), context).isPresent();
  }

  @Override
  public final Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    if (parameter.isAnnotated(BranchUrl.class) && type != String.class) {
      throw new RefusedException(
          "use @BranchUrl in",
          declaring(parameter).getName() + "." + parameter.getDeclaringExecutable().getName(),
          "a parameter of type " + type.getName() + " is marked, and the URL is a String",
          "make it a String, or leave @BranchUrl out");
    }
    return value(parameter.getParameter(), type, declaring(parameter), context).orElseThrow();
  }

  private static Class<?> declaring(ParameterContext parameter) {
    return parameter.getDeclaringExecutable().getDeclaringClass();
  }

  private Optional<Object> value(
      AnnotatedElement where, Class<?> type, Class<?> declaring, ExtensionContext context) {
    return find(where, declaring, context)
        .map(declaration -> BranchValues.of(type, open(declaration, context).branch(), context));
  }

  // Without a name it is the one without a name, or the only one of the nearest place that has any.
  private Optional<Declaration> find(
      AnnotatedElement where, Class<?> declaring, ExtensionContext context) {
    String name = BranchFields.databaseName(where);
    List<Declaration> declared = declared(context, declaring);
    Optional<Declaration> exact =
        declared.stream().filter(declaration -> declaration.name().equals(name)).findFirst();
    if (exact.isPresent() || declared.isEmpty()) {
      return exact;
    }
    List<Declaration> nearest =
        declared.stream()
            .filter(declaration -> declaration.owner().equals(declared.get(0).owner()))
            .toList();
    if (name.isEmpty() && nearest.size() == 1) {
      return Optional.of(nearest.get(0));
    }
    throw new RefusedException(
        "find the database for",
        where.toString(),
        (name.isEmpty() ? "it names none of several: " : "none is called " + name + ": ")
            + declared.stream().map(Declaration::name).collect(Collectors.joining(", ")),
        "name one of them in @FromBranch or @BranchUrl");
  }

  @Override
  public final void testFailed(ExtensionContext context, @Nullable Throwable cause) {
    markFailed(context);
  }

  /** A test watcher does not hear of dynamic tests. */
  @Override
  public final void interceptDynamicTest(
      Invocation<@Nullable Void> test,
      DynamicTestInvocationContext invocation,
      ExtensionContext context)
      throws Throwable {
    try {
      test.proceed();
    } catch (Throwable e) {
      if (Failures.isFailure(e)) {
        markFailed(context);
      }
      throw e;
    }
  }

  private void markFailed(ExtensionContext context) {
    declared(context)
        .flatMap(declaration -> opened(declaration, context).stream())
        .forEach(TestBranch::markFailed);
  }
}
