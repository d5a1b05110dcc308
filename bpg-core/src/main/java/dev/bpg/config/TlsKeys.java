package dev.bpg.config;

import dev.bpg.error.RefusedException;
import dev.bpg.model.Tls;
import dev.bpg.model.Tls.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** The rules for what is said of TLS. */
final class TlsKeys {

  private static final String PATH_HINT =
      "use the path of a PEM file: absolute, beginning with ~/, or relative to the file's folder";

  static final Property TYPE =
      new Property(
          "type",
          "use off, generated or files",
          (tls, value) -> tls.withType(value.oneOf(Type.class)));
  static final Property CERTIFICATE =
      new Property("certificate", PATH_HINT, (tls, value) -> tls.withCertificate(value.path()));
  static final Property KEY =
      new Property("key", PATH_HINT, (tls, value) -> tls.withKey(value.path()));
  static final Property CA =
      new Property("ca", PATH_HINT, (tls, value) -> tls.withAuthority(value.path()));

  private static final int FILES = 3;

  /**
   * A key that one database may have too.
   *
   * @param key its last part
   * @param hint what it allows
   * @param setter puts a value into a choice
   */
  record Property(String key, String hint, BiFunction<Tls, ConfigValue, Tls> setter) {}

  private TlsKeys() {}

  static List<Property> properties() {
    return List.of(TYPE, CERTIFICATE, KEY, CA);
  }

  /** The property of a key such as {@code tls.type}. */
  static Optional<Property> property(String key) {
    return properties().stream()
        .filter(property -> key.equals("tls." + property.key()))
        .findFirst();
  }

  /** Refuses files that would reach nothing, and a choice of files that are not all there. */
  static void check(BpgConfigBuilder builder) {
    check(builder.tls, "tls");
    builder.databases.forEach(
        (name, database) ->
            database.tls().ifPresent(tls -> check(tls, "databases." + name + ".tls")));
  }

  private static void check(Tls tls, String key) {
    if (tls.type() == Type.FILES && tls.fileCount() < FILES) {
      throw new RefusedException(
          "use the configuration",
          key,
          "its type is files and not all of them are named",
          "set %1$s.certificate, %1$s.key and %1$s.ca".formatted(key));
    }
    if (tls.type() != Type.FILES && tls.fileCount() > 0) {
      throw new RefusedException(
          "use the configuration",
          key,
          "its type is not files, so its files would have no effect",
          "set %s.type to files, or leave them out".formatted(key));
    }
  }
}
