package dev.bpg.internal.server;

/**
 * Where a server finds and puts things, as it sees them itself.
 *
 * @param data the data folder
 * @param sockets the folder of its Unix sockets
 * @param rules the access rules, {@code hba_file}
 * @param identities the mapping of the system's users, {@code ident_file}
 */
public record ServerPlaces(String data, String sockets, String rules, String identities) {}
