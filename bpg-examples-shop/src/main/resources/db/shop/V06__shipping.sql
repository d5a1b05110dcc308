CREATE TABLE carriers (
  code text PRIMARY KEY,
  name text NOT NULL
);

CREATE TABLE shipping_rates (
  carrier text NOT NULL REFERENCES carriers,
  country text NOT NULL REFERENCES countries,
  up_to_grams integer NOT NULL CHECK (up_to_grams > 0),
  price numeric(12, 2) NOT NULL CHECK (price >= 0),
  PRIMARY KEY (carrier, country, up_to_grams)
);

CREATE TABLE shipments (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id bigint NOT NULL REFERENCES orders,
  carrier text NOT NULL REFERENCES carriers,
  tracking text NOT NULL UNIQUE,
  shipped_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  delivered_at timestamptz,
  CHECK (delivered_at >= shipped_at)
);
CREATE INDEX shipments_order ON shipments (order_id);

CREATE TABLE shipment_items (
  shipment_id bigint NOT NULL REFERENCES shipments ON DELETE CASCADE,
  order_id bigint NOT NULL,
  line integer NOT NULL,
  quantity integer NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (shipment_id, line),
  FOREIGN KEY (order_id, line) REFERENCES order_items
);
CREATE INDEX shipment_items_line ON shipment_items (order_id, line);
