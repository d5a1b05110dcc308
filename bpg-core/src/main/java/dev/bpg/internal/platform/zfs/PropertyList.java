package dev.bpg.internal.platform.zfs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Properties of one dataset, snapshot or pool at one moment: all, or those that were asked for.
 * Immutable. A property that nobody has set, above it neither, may be absent: then ZFS's default
 * applies.
 */
public final class PropertyList {

  private static final String VALUE = "value";
  private static final String SOURCE = "source";

  private final String name;
  private final Map<String, Property> properties;

  private PropertyList(String name, Map<String, Property> properties) {
    this.name = name;
    this.properties = properties;
  }

  /** Reads {@code {property: {value, source}}}. */
  static PropertyList of(String name, Map<String, Object> answer) {
    Map<String, Property> properties = new LinkedHashMap<>();
    answer.forEach(
        (property, content) -> {
          if (content instanceof Map<?, ?> pair && pair.get(VALUE) != null) {
            properties.put(
                property,
                new Property(property, value(pair.get(VALUE)), Source.of(pair.get(SOURCE), name)));
          }
        });
    return new PropertyList(name, Collections.unmodifiableMap(properties));
  }

  private static PropertyValue value(Object value) {
    if (value instanceof Long number) {
      return new PropertyValue.Count(number);
    } else if (value instanceof Map<?, ?> names) {
      List<String> list = new ArrayList<>();
      names.keySet().forEach(each -> list.add((String) each));
      return new PropertyValue.Names(list);
    }
    return new PropertyValue.Text(String.valueOf(value));
  }

  /** Whose they are: the full name of the dataset, snapshot or pool. */
  public String name() {
    return name;
  }

  /** All of them by name, in the kernel's order. */
  public Map<String, Property> all() {
    return properties;
  }

  /** One of them. */
  public Optional<Property> get(String property) {
    return Optional.ofNullable(properties.get(property));
  }

  /** The value as {@code zfs get -p} shows it. */
  public Optional<String> text(String property) {
    return get(property).map(Property::text);
  }

  /** The value of a number, such as {@code used} in bytes; unsigned. */
  public OptionalLong number(String property) {
    return get(property)
        .map(Property::value)
        .map(
            value ->
                value instanceof PropertyValue.Count number
                    ? OptionalLong.of(number.value())
                    : OptionalLong.empty())
        .orElse(OptionalLong.empty());
  }

  /** The value if it was set on this very dataset or snapshot, and not above it. */
  public Optional<String> own(String property) {
    return get(property)
        .filter(found -> found.source().kind() == Source.Kind.LOCAL)
        .map(Property::text);
  }

  /** The snapshot that a clone was made of. */
  public Optional<SnapshotName> origin() {
    return text("origin").filter(text -> !text.isEmpty()).map(SnapshotName::of);
  }

  /** The clones of a snapshot; empty for a dataset. */
  public List<DatasetName> clones() {
    return get("clones")
        .filter(found -> found.value() instanceof PropertyValue.Names)
        .map(found -> ((PropertyValue.Names) found.value()).values())
        .orElse(List.of())
        .stream()
        .map(DatasetName::new)
        .toList();
  }
}
