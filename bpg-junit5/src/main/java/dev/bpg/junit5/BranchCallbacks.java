package dev.bpg.junit5;

import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
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
import org.opentest4j.TestAbortedException;

/**
 * What the annotation and the registered extension do alike. Stateless: everything is in JUnit's
 * stores. Whichever callback comes first opens the branch, because with one instance for all tests
 * the instance is made before {@code beforeAll}.
 */
abstract class BranchCallbacks
    implements BeforeAllCallback,
        TestInstancePreConstructCallback,
        TestInstancePostProcessor,
        ParameterResolver,
        TestWatcher,
        InvocationInterceptor {

  /** The branch for what a class declares, opened if it is not yet; empty if the class has none. */
  abstract Optional<Supplier<ClassBranch>> branch(ExtensionContext context, Class<?> declaring);

  /** The branches that a context's tests run on, from the inside outwards, as far as opened. */
  abstract Stream<ClassBranch> opened(ExtensionContext context);

  @Override
  public final void beforeAll(ExtensionContext context) {
    Class<?> testClass = context.getRequiredTestClass();
    begin(context, testClass)
        .ifPresent(
            branch ->
                BranchFields.set(
                    testClass, null, type -> BranchValues.of(type, branch.branch(), context)));
  }

  /** Opens the branch here, where an error is shown as it is, and not when a parameter needs it. */
  @Override
  public final void preConstructTestInstance(
      TestInstanceFactoryContext instance, ExtensionContext context) {
    begin(context, instance.getTestClass());
  }

  private Optional<ClassBranch> begin(ExtensionContext context, Class<?> declaring) {
    if (context.getTestMethod().isEmpty()) {
      // First, so that the classes around hear of it when this one gets no further.
      context
          .getStore(Namespace.create(BranchCallbacks.class, this))
          .put(
              Failures.AtClose.class,
              new Failures.AtClose(context, () -> context.getParent().ifPresent(this::markFailed)));
    }
    return branch(context, declaring).map(branch -> open(branch, context));
  }

  /** With a context of the test, so that what an instance opens is closed after its test. */
  @Override
  public final ExtensionContextScope getTestInstantiationExtensionContextScope(
      ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public final void postProcessTestInstance(Object instance, ExtensionContext context) {
    branch(context, instance.getClass())
        .ifPresent(
            branch ->
                BranchFields.set(
                    instance.getClass(),
                    instance,
                    type -> BranchValues.of(type, open(branch, context).branch(), context)));
  }

  @Override
  public final boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return (parameter.isAnnotated(BranchUrl.class)
            || BranchValues.TYPES.contains(parameter.getParameter().getType()))
        && branch(context, declaring(parameter)).isPresent();
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
    ClassBranch branch = open(branch(context, declaring(parameter)).orElseThrow(), context);
    return BranchValues.of(type, branch.branch(), context);
  }

  private static Class<?> declaring(ParameterContext parameter) {
    return parameter.getDeclaringExecutable().getDeclaringClass();
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
    opened(context).forEach(ClassBranch::markFailed);
  }

  private static ClassBranch open(Supplier<ClassBranch> branch, ExtensionContext context) {
    try {
      return branch.get();
    } catch (UnavailableException e) {
      if (new RunParameters(context).skipUnavailable()) {
        throw new TestAbortedException(e.getMessage(), e);
      }
      throw e;
    }
  }
}
