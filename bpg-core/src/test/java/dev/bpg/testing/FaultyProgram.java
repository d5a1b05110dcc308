package dev.bpg.testing;

import dev.bpg.model.CloneMethod;
import dev.bpg.testing.Faults.Kind;
import java.nio.file.Path;

/**
 * A program that runs one operation on a home of real servers. It says {@code ready} when it
 * begins, and {@code done} if it gets there.
 */
public final class FaultyProgram {

  private FaultyProgram() {}

  /**
   * Takes the home, the cache, the storage, the method, the operation, the fault, and the step it
   * comes at, such as {@code after start#1} for after the first call of {@code start}.
   */
  public static void main(String[] arguments) throws Exception {
    String[] step = arguments[6].split("#");
    Faults faults = new Faults(Kind.valueOf(arguments[5]), Integer.parseInt(step[1]));
    faults.onlyAt(step[0]);
    WiredHome home =
        WiredHome.ofPostgres(Path.of(arguments[0]), Path.of(arguments[1]), arguments[2], faults);
    CloneMethod method = CloneMethod.valueOf(arguments[3]);
    Operation operation = Operation.valueOf(arguments[4]);
    operation.prepare(home.engine(), method);
    System.out.println("ready");
    faults.arm();
    operation.run(home.engine(), method);
    System.out.println("done");
    Runtime.getRuntime().halt(0);
  }
}
