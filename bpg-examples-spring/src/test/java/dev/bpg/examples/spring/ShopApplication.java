package dev.bpg.examples.spring;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/** A shop that takes payments. It knows nothing of branches. */
@SpringBootApplication(proxyBeanMethods = false)
class ShopApplication implements ApplicationListener<ApplicationReadyEvent> {

  private static final AtomicInteger STARTED = new AtomicInteger();

  /** How often it was started in this JVM. */
  static int started() {
    return STARTED.get();
  }

  @Override
  public void onApplicationEvent(ApplicationReadyEvent event) {
    STARTED.incrementAndGet();
  }
}
