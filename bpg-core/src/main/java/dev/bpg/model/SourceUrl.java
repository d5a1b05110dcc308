package dev.bpg.model;

import dev.bpg.error.RefusedException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The URL of a server, as libpq and the JDBC driver write it. */
final class SourceUrl {

  private static final Pattern FORM =
      Pattern.compile(
          "(?:jdbc:)?postgres(?:ql)?://(?:([^@/?:]*)(?::([^@/?]*))?@)?"
              + "(\\[[0-9A-Fa-f:.]+\\]|[^:/?@,\\[\\]]+)(?::([0-9]{1,5}))?(?:/([^/?]*))?(?:\\?(.*))?");

  private static final int DEFAULT_PORT = 5432;
  private static final int LAST_PORT = 65535;

  private SourceUrl() {}

  static SourceServer parse(String url, List<String> known) {
    Matcher form = FORM.matcher(url);
    if (!form.matches()) {
      throw refused("it is not of the form postgresql://user@host:port/database");
    }
    Map<String, String> values = new LinkedHashMap<>();
    put(values, "user", form.group(1));
    put(values, "password", form.group(2));
    put(values, "database", form.group(5));
    if (form.group(6) != null && !form.group(6).isEmpty()) {
      for (String parameter : form.group(6).split("&")) {
        parameter(values, parameter, known);
      }
    }
    int port = form.group(4) == null ? DEFAULT_PORT : Integer.parseInt(form.group(4));
    if (port < 1 || port > LAST_PORT) {
      throw refused("its port is not 1 to " + LAST_PORT);
    }
    return new SourceServer(form.group(3).replaceAll("[\\[\\]]", ""), port, values);
  }

  private static void parameter(Map<String, String> values, String text, List<String> known) {
    String[] parts = text.split("=", 2);
    String name = parts[0];
    if (parts.length < 2
        || !(name.equals("user") || name.equals("password") || known.contains(name))) {
      // Without its name: what has an unescaped ? or & in it may be a part of the password.
      throw refused(
          "it has a parameter that is none of user, password, "
              + String.join(", ", known)
              + " with a value");
    }
    put(values, name, parts[1]);
  }

  private static void put(
      Map<String, String> values, String name, @org.jspecify.annotations.Nullable String text) {
    if (text == null || text.isEmpty()) {
      return;
    }
    try {
      // A plus sign is one here, unlike in the forms of web pages.
      values.put(name, URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw refused("its " + name + " has a % that is not followed by two digits");
    }
  }

  // Never with the URL, which may have a password in it, and without a cause that quotes it.
  private static RefusedException refused(String reason) {
    return new RefusedException(
        "read",
        "the URL of a server",
        reason,
        "write it as postgresql://reader@db.example.org:5432/shop?sslmode=require");
  }
}
