package dev.bpg.benchmarks.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures several things in turns, so that noise and drift of the machine hit all of them. Each
 * round begins with another one, so that none always follows the same.
 */
public final class Alternation {

  private final Map<String, Timed> contenders = new LinkedHashMap<>();

  /** Adds one under a name. */
  public Alternation add(String name, Timed contender) {
    contenders.put(name, contender);
    return this;
  }

  /** Measures each as often as said, after a warm-up that does not count. */
  public Map<String, Samples> run(int warmUp, int rounds) throws Exception {
    Map<String, List<Double>> values = new LinkedHashMap<>();
    contenders.keySet().forEach(name -> values.put(name, new ArrayList<>()));
    List<String> names = List.copyOf(contenders.keySet());
    for (int round = 0; round < warmUp + rounds; round++) {
      for (int i = 0; i < names.size(); i++) {
        String name = names.get((round + i) % names.size());
        double millis = contenders.get(name).run();
        if (round >= warmUp) {
          values.get(name).add(millis);
        }
      }
    }
    Map<String, Samples> samples = new LinkedHashMap<>();
    values.forEach((name, list) -> samples.put(name, new Samples(list)));
    return samples;
  }
}
