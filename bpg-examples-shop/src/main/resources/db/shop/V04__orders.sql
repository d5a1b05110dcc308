CREATE TABLE cart_items (
  customer_id bigint NOT NULL REFERENCES customers ON DELETE CASCADE,
  product_id bigint NOT NULL REFERENCES products,
  quantity integer NOT NULL CHECK (quantity BETWEEN 1 AND 99),
  added_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (customer_id, product_id)
);

CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers,
  status text NOT NULL DEFAULT 'placed'
    CHECK (status IN ('placed', 'paid', 'shipped', 'delivered', 'cancelled')),
  country text NOT NULL REFERENCES countries,
  recipient text NOT NULL,
  shipping numeric(12, 2) NOT NULL CHECK (shipping >= 0),
  discount numeric(12, 2) NOT NULL DEFAULT 0 CHECK (discount >= 0),
  placed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX orders_customer ON orders (customer_id, placed_at DESC);
CREATE INDEX orders_open ON orders (placed_at) WHERE status IN ('placed', 'paid');

CREATE TABLE order_items (
  order_id bigint NOT NULL REFERENCES orders ON DELETE CASCADE,
  line integer NOT NULL CHECK (line > 0),
  product_id bigint NOT NULL REFERENCES products,
  warehouse text REFERENCES warehouses,
  quantity integer NOT NULL CHECK (quantity > 0),
  unit_price numeric(12, 2) NOT NULL CHECK (unit_price >= 0),
  tax_percent numeric(4, 2) NOT NULL,
  PRIMARY KEY (order_id, line)
);
CREATE INDEX order_items_product ON order_items (product_id);

CREATE TABLE order_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id bigint NOT NULL REFERENCES orders ON DELETE CASCADE,
  status text NOT NULL,
  happened_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX order_events_order ON order_events (order_id);

CREATE FUNCTION note_order_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' OR OLD.status <> NEW.status THEN
    INSERT INTO order_events (order_id, status) VALUES (NEW.id, NEW.status);
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER orders_status AFTER INSERT OR UPDATE OF status ON orders
  FOR EACH ROW EXECUTE FUNCTION note_order_status();

CREATE FUNCTION order_total(wanted bigint) RETURNS numeric LANGUAGE sql STABLE AS $$
  SELECT greatest(coalesce(sum(i.quantity * i.unit_price), 0) - o.discount, 0) + o.shipping
  FROM orders o LEFT JOIN order_items i ON i.order_id = o.id
  WHERE o.id = wanted
  GROUP BY o.id
$$;
