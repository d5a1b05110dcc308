/** A Spring Boot application and its tests on branches. */
@org.jspecify.annotations.NullMarked
package dev.bpg.examples.spring;
