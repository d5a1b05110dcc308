package dev.bpg.model;

/**
 * Something that is wrong with a WAL archive.
 *
 * @param file the file that it concerns; one that is missing has the name it should have
 * @param reason what is wrong with it
 */
public record WalArchiveProblem(String file, String reason) {}
