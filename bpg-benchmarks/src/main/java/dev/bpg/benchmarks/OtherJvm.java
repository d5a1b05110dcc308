package dev.bpg.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Starts JVMs like this one. What they write to standard error goes to that of this one. */
final class OtherJvm {

  private OtherJvm() {}

  /** Starts one that runs a class of the benchmarks. */
  static Process start(Class<?> main, String... arguments) throws IOException {
    return builder(
            Stream.concat(
                    Stream.of("-classpath", System.getProperty("java.class.path"), main.getName()),
                    Stream.of(arguments))
                .toList())
        .start();
  }

  /** One that is to be started. */
  static ProcessBuilder builder(List<String> arguments) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(Stream.concat(Stream.of(java), arguments.stream()).toList())
        .redirectError(ProcessBuilder.Redirect.INHERIT);
  }
}
