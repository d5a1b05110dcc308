package dev.bpg.testing;

import dev.bpg.testing.Program.Command;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM that runs a {@link Program} on the home of a library. */
public final class OtherJvm implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private OtherJvm(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  /** Starts one; it has opened the home and waits for its {@link #go()} when this returns. */
  public static OtherJvm start(Library library, Command command, String... arguments)
      throws IOException {
    OtherJvm jvm = startWithoutWaiting(library, command, arguments);
    jvm.awaitReady();
    return jvm;
  }

  /** Starts one; {@link #awaitReady()} is still to be called. */
  public static OtherJvm startWithoutWaiting(Library library, Command command, String... arguments)
      throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                library.home().toString(),
                library.cache().toString(),
                library.storage().name(),
                command.name()));
    line.addAll(List.of(arguments));
    return new OtherJvm(
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /**
   * Has as many JVMs as there are names create a branch each, all at the same time.
   *
   * @return what each said
   */
  public static List<String> createAtOnce(Library library, String parent, List<String> names)
      throws IOException, InterruptedException {
    List<OtherJvm> jvms = new ArrayList<>();
    try {
      for (String name : names) {
        jvms.add(startWithoutWaiting(library, Command.CREATE, parent, name));
      }
      for (OtherJvm jvm : jvms) {
        jvm.awaitReady();
      }
      jvms.forEach(OtherJvm::go);
      List<String> results = new ArrayList<>();
      for (OtherJvm jvm : jvms) {
        results.add(jvm.line());
        jvm.end();
      }
      return results;
    } finally {
      for (OtherJvm jvm : jvms) {
        jvm.close();
      }
    }
  }

  /** Waits until it has opened the home. */
  public void awaitReady() throws IOException {
    String line = output.readLine();
    if (!Program.READY.equals(line)) {
      throw new IOException("the other JVM did not open the home but said " + line);
    }
  }

  /** Lets it do its work. */
  public void go() {
    try {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next line that it writes. */
  public String line() throws IOException {
    String line;
    do {
      line = output.readLine();
    } while (line != null && !line.startsWith(Program.PREFIX));
    if (line == null) {
      throw new IOException("the other JVM has ended");
    }
    return line.substring(Program.PREFIX.length());
  }

  /** {@code kill -9}. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Lets it end by itself and waits for that. */
  public int end() throws IOException, InterruptedException {
    process.getOutputStream().close();
    return process.waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
