package dev.bpg.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another JVM with this one's class path, which runs a main class. Killed when closed. */
public final class ChildJvm implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private ChildJvm(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  /** Starts one. What it writes to standard error goes to that of this JVM. */
  public static ChildJvm start(Class<?> main, Object... arguments) throws IOException {
    return startUnder(List.of(), main, arguments);
  }

  /** Starts one by another program, which is given the JVM's command line as its last arguments. */
  public static ChildJvm startUnder(List<String> program, Class<?> main, Object... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(program);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            classPath(),
            main.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return new ChildJvm(builder.start());
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Waits for a line that begins with a word and returns the rest of it. */
  public String awaitLine(String word) {
    try {
      while (true) {
        String line = output.readLine();
        if (line == null) {
          throw new AssertionError("the child ended without saying " + word);
        }
        if (line.startsWith(word)) {
          return line.substring(word.length()).strip();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is left of the lines that it wrote, of those that begin with a word. */
  public List<String> lines(String word) {
    return output
        .lines()
        .filter(line -> line.startsWith(word))
        .map(line -> line.substring(word.length()).strip())
        .toList();
  }

  /** Lets it go on: ends its standard input, which it waits for. */
  public void closeInput() throws IOException {
    process.getOutputStream().close();
  }

  /** Sends it SIGKILL and waits until it is gone. */
  public void kill() throws InterruptedException {
    // The process itself would close its output, which may have something to read.
    process.toHandle().destroyForcibly();
    awaitExit();
  }

  /** Waits until it has ended by itself; returns its exit code. */
  public int awaitExit() throws InterruptedException {
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      throw new AssertionError("the child " + pid() + " does not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
