package dev.bpg.junit5;

import dev.bpg.junit5.DeclaredDatabases.Asked;
import java.lang.reflect.AnnotatedElement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** What stands behind {@link BranchedDatabase}. */
final class BranchedDatabaseExtension extends BranchCallbacks {

  private static final OpenBranches BRANCHES =
      new OpenBranches(Namespace.create(BranchedDatabase.class));

  @Override
  List<Declaration> declared(ExtensionContext context, Class<?> declaring) {
    boolean ownClass = declaring.isAssignableFrom(context.getRequiredTestClass());
    Stream<ExtensionContext> classes =
        TestClasses.around(context)
            .dropWhile(around -> !declaring.isAssignableFrom(around.getRequiredTestClass()));
    Map<String, Declaration> nearest = new LinkedHashMap<>();
    Stream.concat(ownClass ? atMethod(context) : Stream.empty(), classes.flatMap(this::atClass))
        .forEach(declaration -> nearest.putIfAbsent(declaration.name(), declaration));
    return List.copyOf(nearest.values());
  }

  @Override
  Stream<Declaration> declared(ExtensionContext context) {
    return Stream.concat(atMethod(context), TestClasses.around(context).flatMap(this::atClass));
  }

  @Override
  TestBranch open(Declaration declaration, ExtensionContext context) {
    return BRANCHES.open(declaration, context);
  }

  @Override
  Optional<TestBranch> opened(Declaration declaration, ExtensionContext context) {
    return BRANCHES.opened(declaration, context);
  }

  private Stream<Declaration> atMethod(ExtensionContext context) {
    return context.getTestMethod().stream()
        .flatMap(method -> DeclaredDatabases.of(context.getRequiredTestClass(), method).stream())
        .map(asked -> declaration(asked, context, BranchScope.METHOD));
  }

  private Stream<Declaration> atClass(ExtensionContext owner) {
    return DeclaredDatabases.of(owner.getRequiredTestClass()).stream()
        .map(asked -> declaration(asked, owner, scope(asked, owner)));
  }

  private static BranchScope scope(Asked asked, ExtensionContext owner) {
    BranchScope scope = asked.annotation().scope();
    return scope == BranchScope.DEFAULT ? new RunParameters(owner).scope() : scope;
  }

  // By class or method, because the store of what is inside gives what the one around it has.
  private record Key(AnnotatedElement where, String name) {}

  // The same words mean other files in another package.
  private record SessionKey(BranchedDatabase asked, ClassLoader loader, String folder) {
    static SessionKey of(BranchedDatabase asked, Class<?> declaring) {
      return new SessionKey(asked, declaring.getClassLoader(), declaring.getPackageName());
    }
  }

  private static Declaration declaration(Asked asked, ExtensionContext owner, BranchScope scope) {
    String name = asked.annotation().name();
    Object key =
        scope == BranchScope.SESSION
            ? SessionKey.of(asked.annotation(), owner.getRequiredTestClass())
            : new Key(owner.getElement().orElseThrow(), name);
    return new Declaration(name, owner, key, scope, asked.spec());
  }
}
