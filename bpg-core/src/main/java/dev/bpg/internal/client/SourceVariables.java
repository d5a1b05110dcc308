package dev.bpg.internal.client;

import dev.bpg.model.SourceServer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** How client programs are told of a server: by libpq's variables, which other users cannot see. */
final class SourceVariables {

  private SourceVariables() {}

  static Map<String, String> of(SourceServer server) {
    Map<String, String> variables = new HashMap<>();
    variables.put("PGHOST", server.host());
    variables.put("PGPORT", String.valueOf(server.port()));
    variables.put("PGCONNECT_TIMEOUT", "10");
    variables.put("PGAPPNAME", "bpg");
    server.database().or(server::user).ifPresent(name -> variables.put("PGDATABASE", name));
    server.user().ifPresent(name -> variables.put("PGUSER", name));
    server.password().ifPresent(word -> variables.put("PGPASSWORD", word));
    server
        .tls()
        .forEach((name, value) -> variables.put("PG" + name.toUpperCase(Locale.ROOT), value));
    return variables;
  }
}
