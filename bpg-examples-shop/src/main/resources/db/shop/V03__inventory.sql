CREATE TABLE warehouses (
  code text PRIMARY KEY,
  city text NOT NULL,
  priority integer NOT NULL UNIQUE
);

CREATE TABLE stock (
  product_id bigint NOT NULL REFERENCES products,
  warehouse text NOT NULL REFERENCES warehouses,
  quantity integer NOT NULL DEFAULT 0 CHECK (quantity >= 0),
  reserved integer NOT NULL DEFAULT 0 CHECK (reserved BETWEEN 0 AND quantity),
  PRIMARY KEY (product_id, warehouse)
);

CREATE TABLE stock_movements (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  product_id bigint NOT NULL REFERENCES products,
  warehouse text NOT NULL REFERENCES warehouses,
  change integer NOT NULL CHECK (change <> 0),
  reason text NOT NULL,
  moved_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX stock_movements_product ON stock_movements (product_id, moved_at);

-- The stock is the sum of its movements; nothing else changes its quantity.
CREATE FUNCTION apply_stock_movement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO stock (product_id, warehouse) VALUES (NEW.product_id, NEW.warehouse) ON CONFLICT DO NOTHING;
  UPDATE stock SET quantity = quantity + NEW.change
    WHERE product_id = NEW.product_id AND warehouse = NEW.warehouse;
  RETURN NEW;
END
$$;
CREATE TRIGGER stock_movements_apply AFTER INSERT ON stock_movements
  FOR EACH ROW EXECUTE FUNCTION apply_stock_movement();

CREATE TABLE suppliers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE
);

CREATE TABLE purchase_orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  supplier_id bigint NOT NULL REFERENCES suppliers,
  warehouse text NOT NULL REFERENCES warehouses,
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'received', 'cancelled')),
  ordered_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX purchase_orders_open ON purchase_orders (supplier_id) WHERE status = 'open';

CREATE TABLE purchase_order_items (
  purchase_order_id bigint NOT NULL REFERENCES purchase_orders ON DELETE CASCADE,
  product_id bigint NOT NULL REFERENCES products,
  quantity integer NOT NULL CHECK (quantity > 0),
  cost numeric(12, 2) NOT NULL CHECK (cost >= 0),
  PRIMARY KEY (purchase_order_id, product_id)
);
