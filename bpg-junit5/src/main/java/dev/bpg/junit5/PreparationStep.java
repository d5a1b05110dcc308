package dev.bpg.junit5;

import dev.bpg.DatabasePreparation;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;

/**
 * Java code that makes a database.
 *
 * @param type the class whose file stands for the code
 * @param instance the code, unless it is to be instantiated when it is needed
 */
record PreparationStep(
    Class<? extends DatabasePreparation> type, Optional<DatabasePreparation> instance)
    implements SourceStep {

  static PreparationStep of(Class<? extends DatabasePreparation> type) {
    return new PreparationStep(type, Optional.empty());
  }

  static PreparationStep of(DatabasePreparation preparation) {
    return new PreparationStep(preparation.getClass(), Optional.of(preparation));
  }

  @Override
  public Loaded load(Class<?> testClass) {
    String name = declaringClass();
    return new Loaded(
        "code",
        new ContentHash().add(name).add(classFile(name)).text(),
        database -> database.prepare(instance.orElseGet(() -> instantiate(type))));
  }

  // The class of a lambda has no file; its code is in the class that it is written in.
  private String declaringClass() {
    String name = type.getName();
    int lambda = name.indexOf("$$Lambda");
    return lambda < 0 ? name : name.substring(0, lambda);
  }

  private byte[] classFile(String name) {
    String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
    try (InputStream in = type.getResourceAsStream(file)) {
      if (in == null) {
        throw new RefusedException(
            "read the preparation",
            name,
            "its class has no file, so no later run could tell whether it changed",
            "use a class that is compiled to a file");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UnavailableException(
          "read the preparation", name, e.toString(), "make its class file readable", e);
    }
  }

  private static DatabasePreparation instantiate(Class<? extends DatabasePreparation> type) {
    try {
      Constructor<? extends DatabasePreparation> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (InvocationTargetException e) {
      throw refused(type, "its constructor failed: " + e.getCause(), e);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw refused(type, "it cannot be instantiated: " + e, e);
    }
  }

  private static RefusedException refused(Class<?> type, String reason, Exception cause) {
    return new RefusedException(
        "use the preparation",
        type.getName(),
        reason,
        "give it a constructor without parameters, and make it static if it is a nested class",
        cause);
  }
}
