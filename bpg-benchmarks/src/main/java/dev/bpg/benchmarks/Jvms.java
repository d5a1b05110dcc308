package dev.bpg.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * Processes that make a branch each: they say when they are ready, when they have one, and go on
 * when they are told to.
 *
 * @param workspace the home that all of them open
 * @param storage its storage
 */
record Jvms(Workspace workspace, StorageFolder storage) {

  /** One of them, seen from here. */
  private record Jvm(Process process, BufferedReader output, Writer input) {

    String read() throws IOException {
      String line = output.readLine();
      if (line == null) {
        throw new IOException("a JVM of the benchmark ended early");
      }
      return line;
    }

    void goOn() throws IOException {
      input.write('\n');
      input.flush();
    }
  }

  /** The times that they took, in milliseconds. */
  List<Double> run(CheckedCreation creation, int count) throws Exception {
    List<Jvm> jvms = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        jvms.add(start(creation));
      }
      for (Jvm jvm : jvms) {
        jvm.read();
      }
      for (Jvm jvm : jvms) {
        jvm.goOn();
      }
      List<Double> times = new ArrayList<>();
      for (Jvm jvm : jvms) {
        times.add(Double.valueOf(jvm.read()));
      }
      for (Jvm jvm : jvms) {
        jvm.goOn();
      }
      for (Jvm jvm : jvms) {
        if (jvm.process().waitFor() != 0) {
          throw new IllegalStateException("a branch differs from its parent");
        }
      }
      return times;
    } finally {
      jvms.forEach(jvm -> jvm.process().destroy());
    }
  }

  private Jvm start(CheckedCreation creation) throws IOException {
    Process process =
        OtherJvm.start(
            ConcurrentJvm.class,
            workspace.config().home().toString(),
            storage.type().name(),
            creation.parent(),
            creation.content());
    return new Jvm(process, process.inputReader(), process.outputWriter());
  }
}
