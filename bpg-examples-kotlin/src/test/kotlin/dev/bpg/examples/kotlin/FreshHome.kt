package dev.bpg.examples.kotlin

import dev.bpg.Bpg
import dev.bpg.Database
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import org.junit.platform.launcher.LauncherSession
import org.junit.platform.launcher.LauncherSessionListener

/** Gives the tests of this JVM a home of their own, where the servers' user can reach it. */
class FreshHome : LauncherSessionListener {

  private lateinit var folder: Path

  override fun launcherSessionOpened(session: LauncherSession) {
    folder = Files.createTempDirectory(Path.of("/var/tmp"), "bpg kotlin ")
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"))
    System.setProperty("bpg.home", folder.toString())
  }

  override fun launcherSessionClosed(session: LauncherSession) {
    Bpg.shared().listDatabases().forEach(Database::delete)
    Bpg.shared().close()
    Files.walk(folder).use { files -> files.sorted(Comparator.reverseOrder()).forEach(Files::delete) }
  }
}
