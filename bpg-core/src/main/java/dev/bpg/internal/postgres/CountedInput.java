package dev.bpg.internal.postgres;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Tells how many bytes are read. */
final class CountedInput extends FilterInputStream {

  private final LongConsumer counter;

  CountedInput(InputStream source, LongConsumer counter) {
    super(source);
    this.counter = counter;
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    if (next >= 0) {
      counter.accept(1);
    }
    return next;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = super.read(bytes, offset, length);
    if (count > 0) {
      counter.accept(count);
    }
    return count;
  }
}
