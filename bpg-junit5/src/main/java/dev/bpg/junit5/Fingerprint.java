package dev.bpg.junit5;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a template is made from: for each step its kind and the hash of its content, in order. Names
 * and places are not in it: the same content is the same template, wherever it lies.
 *
 * @param text such as {@code script=9f86d081…;code=2c26b46b…}
 */
record Fingerprint(String text) {

  static Fingerprint of(List<SourceStep.Loaded> steps) {
    return new Fingerprint(
        steps.stream()
            .map(step -> step.kind() + "=" + step.hash())
            .collect(Collectors.joining(";")));
  }
}
