package dev.bpg.internal.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Access to a JSON object that fails on what is missing. */
record JsonFields(JsonNode node) {

  JsonFields {
    if (!node.isObject()) {
      throw new IllegalArgumentException("not a JSON object");
    }
  }

  private JsonNode required(String key) throws IOException {
    JsonNode value = node.get(key);
    if (value == null) {
      throw new IOException("it has no \"" + key + "\"");
    }
    return value;
  }

  String text(String key) throws IOException {
    return required(key).asText();
  }

  int integer(String key) throws IOException {
    JsonNode value = required(key);
    if (!value.isInt()) {
      throw new IOException("\"" + key + "\" is not a number");
    }
    return value.intValue();
  }

  JsonFields object(String key) throws IOException {
    return new JsonFields(required(key));
  }

  List<JsonFields> objects(String key) throws IOException {
    List<JsonFields> all = new ArrayList<>();
    required(key).forEach(value -> all.add(new JsonFields(value)));
    return all;
  }

  Optional<JsonFields> optionalObject(String key) {
    return Optional.ofNullable(node.get(key)).map(JsonFields::new);
  }

  Optional<String> optionalText(String key) {
    return Optional.ofNullable(node.get(key)).map(JsonNode::asText);
  }

  List<String> texts(String key) throws IOException {
    List<String> all = new ArrayList<>();
    required(key).forEach(value -> all.add(value.asText()));
    return all;
  }

  Map<String, String> textMap() {
    Map<String, String> all = new LinkedHashMap<>();
    node.properties().forEach(entry -> all.put(entry.getKey(), entry.getValue().asText()));
    return all;
  }

  List<String> optionalTexts(String key) {
    List<String> all = new ArrayList<>();
    JsonNode value = node.get(key);
    if (value != null) {
      value.forEach(element -> all.add(element.asText()));
    }
    return all;
  }

  List<JsonFields> optionalObjects(String key) throws IOException {
    return node.has(key) ? objects(key) : List.of();
  }

  boolean flag(String key) {
    return node.path(key).asBoolean(false);
  }

  long number(String key) throws IOException {
    JsonNode value = required(key);
    if (!value.canConvertToLong()) {
      throw new IOException("\"" + key + "\" is not a number");
    }
    return value.longValue();
  }
}
