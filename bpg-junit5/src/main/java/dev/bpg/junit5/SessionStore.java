package dev.bpg.junit5;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/** The store that lives longest. */
final class SessionStore {

  private SessionStore() {}

  /**
   * That of the launcher's session, because a build tool may run each class as a request of its
   * own, with a root of its own; that of the root on JUnit 5.12, which has no wider one.
   */
  static Store of(ExtensionContext context, Namespace namespace) {
    ExtensionContext root = context.getRoot();
    try {
      return root.getStore(StoreScope.LAUNCHER_SESSION, namespace);
    } catch (LinkageError e) {
      return root.getStore(namespace);
    }
  }
}
