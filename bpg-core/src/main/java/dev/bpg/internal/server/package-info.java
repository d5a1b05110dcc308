/**
 * What every server runtime needs: the settings that are bpg's own, and what Postgres writes into a
 * data folder. May import the server interface, the model, errors and the platform.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.internal.server;
