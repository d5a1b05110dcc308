CREATE TABLE returns (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id bigint NOT NULL REFERENCES orders,
  status text NOT NULL DEFAULT 'requested' CHECK (status IN ('requested', 'received', 'rejected')),
  reason text NOT NULL,
  requested_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX returns_order ON returns (order_id);

CREATE TABLE return_items (
  return_id bigint NOT NULL REFERENCES returns ON DELETE CASCADE,
  order_id bigint NOT NULL,
  line integer NOT NULL,
  quantity integer NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (return_id, line),
  FOREIGN KEY (order_id, line) REFERENCES order_items
);
CREATE INDEX return_items_line ON return_items (order_id, line);
