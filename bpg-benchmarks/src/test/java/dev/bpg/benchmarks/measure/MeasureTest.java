package dev.bpg.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class MeasureTest {

  @Test
  void medianIsTheOneInTheMiddleOrTheMeanOfTwo() {
    assertThat(samples(3, 1, 2).median()).isEqualTo(2);
    assertThat(samples(4, 1, 2, 3).median()).isEqualTo(2.5);
  }

  @Test
  void p95IsTheSmallestThatNinetyFivePercentDoNotExceed() {
    assertThat(new Samples(range(1, 100)).p95()).isEqualTo(95);
    assertThat(new Samples(range(1, 10)).p95()).isEqualTo(10);
    assertThat(samples(7).p95()).isEqualTo(7);
  }

  @Test
  void refusesToSumUpNothing() {
    assertThatThrownBy(() -> new Samples(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no measurement");
  }

  @Test
  void ratioIsThatOfTheMediansWithAnIntervalAroundIt() {
    Ratio ratio = Ratio.of(new Samples(range(200, 260)), new Samples(range(100, 130)));

    assertThat(ratio.value()).isEqualTo(2.0);
    assertThat(ratio.low()).isBetween(1.7, 2.0);
    assertThat(ratio.high()).isBetween(2.0, 2.3);
    assertThat(Ratio.of(samples(5, 5), samples(2, 2))).isEqualTo(new Ratio(2.5, 2.5, 2.5));
  }

  @Test
  void contendersTakeTurnsAndTheWarmUpDoesNotCount() throws Exception {
    List<String> order = new ArrayList<>();
    Alternation alternation = new Alternation();
    for (String name : List.of("a", "b")) {
      alternation.add(
          name,
          () -> {
            order.add(name);
            return order.size();
          });
    }

    Map<String, Samples> samples = alternation.run(1, 2);

    assertThat(order).containsExactly("a", "b", "b", "a", "a", "b");
    assertThat(samples.get("a").values()).containsExactly(4.0, 5.0);
    assertThat(samples.get("b").values()).containsExactly(3.0, 6.0);
  }

  @Test
  void tableAlignsTextToTheLeftAndNumbersToTheRight() {
    Table table = new Table().add(List.of("", "n")).add(List.of("long", "10"));

    assertThat(table.toString()).isEqualTo("       n\nlong  10\n");
  }

  private static Samples samples(double... values) {
    return new Samples(DoubleStream.of(values).boxed().toList());
  }

  private static List<Double> range(int first, int last) {
    return DoubleStream.iterate(first, x -> x <= last, x -> x + 1).boxed().toList();
  }
}
