/**
 * The WAL archive of one incarnation of a branch: how the server writes it, what is in it, whether
 * it is whole, and what of it can go.
 *
 * <p>{@link dev.bpg.internal.archive.ArchiveStore} is what a place for archives has to do, a folder
 * of this machine or, some day, an object storage; {@link dev.bpg.internal.archive.WalArchive} is
 * what can be asked of an archive wherever it is. This package may import {@code dev.bpg.model},
 * {@code dev.bpg.error}, {@code dev.bpg.internal.platform} and {@code dev.bpg.internal.wal}.
 *
 * @see <a href="https://www.postgresql.org/docs/current/continuous-archiving.html">Continuous
 *     Archiving and Point-in-Time Recovery</a>
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.internal.archive;
