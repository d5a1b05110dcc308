/**
 * What bpg found out about itself and the machine: values for a program to look at and for people
 * to read. This package may import {@code dev.bpg.model} and {@code dev.bpg.error}.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.health;
