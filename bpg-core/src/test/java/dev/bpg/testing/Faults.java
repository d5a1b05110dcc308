package dev.bpg.testing;

import dev.bpg.error.UnavailableException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets one step of a program go wrong. Steps are the calls of what is wrapped by {@link #around}
 * and {@link FaultyFiles}, counted from {@link #arm} on. Safe for use by several threads.
 */
public final class Faults {

  /** What goes wrong. */
  public enum Kind {
    /** Nothing. */
    NONE,
    /** The step fails. */
    FAIL,
    /** The step fails, and all after it. */
    FAIL_FROM_HERE,
    /** As if the process were killed: nothing happens any more, on any thread. */
    DIE,
    /** The process is ended, as by {@code kill -9}. */
    HALT,
    /** The operation's thread is interrupted. */
    INTERRUPT
  }

  /** What {@link Kind#DIE} throws. */
  public static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final Kind kind;
  private final int at;
  private final Thread operation = Thread.currentThread();
  private final AtomicInteger passed = new AtomicInteger();
  private List<String> prefixes = List.of("");
  private volatile boolean armed;
  private volatile String where = "";

  /** A fault of this kind at the step of this number, the first being 1. */
  public Faults(Kind kind, int at) {
    this.kind = kind;
    this.at = at;
  }

  /** No fault. */
  public static Faults none() {
    return new Faults(Kind.NONE, 0);
  }

  /** Counts only steps whose name begins with one of these. */
  public void onlyAt(String... beginnings) {
    prefixes = List.of(beginnings);
  }

  /** Begins to count. */
  public void arm() {
    armed = true;
  }

  /** Lets everything go right again; but who is dead stays dead. */
  public void disarm() {
    armed = kind == Kind.DIE && struck();
  }

  /** Whether the fault has come. */
  public boolean struck() {
    return !where.isEmpty();
  }

  /** The step that it came at. */
  public String where() {
    return where;
  }

  void step(String name) throws IOException {
    if (!armed || kind == Kind.NONE || prefixes.stream().noneMatch(name::startsWith)) {
      return;
    }
    int number = passed.incrementAndGet();
    if (number == at) {
      where = "step " + at + ", " + name;
      strike();
    } else if (number > at) {
      if (kind == Kind.FAIL_FROM_HERE) {
        throw failure();
      }
      if (kind == Kind.DIE) {
        throw new Death();
      }
    }
  }

  private void strike() throws IOException {
    switch (kind) {
      case FAIL, FAIL_FROM_HERE -> throw failure();
      case DIE -> throw new Death();
      case HALT -> Runtime.getRuntime().halt(137);
      case INTERRUPT -> operation.interrupt();
      case NONE -> throw new AssertionError();
    }
  }

  private static IOException failure() {
    return new IOException("No space left on device");
  }

  /** The same thing with a step before each call and one after it. */
  public <T> T around(Class<T> type, Object real) {
    return type.cast(
        Proxy.newProxyInstance(
            Faults.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call(real, method, arguments)));
  }

  private Object call(Object real, Method method, Object[] arguments) throws Throwable {
    boolean counted = !method.getName().equals("name");
    if (counted) {
      step(method, "before ");
    }
    Object result;
    try {
      result = method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    if (counted) {
      step(method, "after ");
    }
    return result;
  }

  private void step(Method method, String when) throws IOException {
    try {
      step(when + method.getName());
    } catch (IOException e) {
      if (List.of(method.getExceptionTypes()).contains(IOException.class)) {
        throw e;
      }
      throw new UnavailableException("do", method.getName(), e.getMessage(), "free some space", e);
    }
  }
}
