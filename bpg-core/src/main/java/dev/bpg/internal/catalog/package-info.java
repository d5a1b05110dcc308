/**
 * What bpg remembers: one JSON document per branch, each branch's password apart from it, and the
 * locks that keep threads and processes off each other. This package may import {@code
 * dev.bpg.model}, {@code dev.bpg.error} and {@code dev.bpg.internal.platform}.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.internal.catalog;
