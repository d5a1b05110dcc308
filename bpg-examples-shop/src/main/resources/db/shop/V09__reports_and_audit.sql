CREATE VIEW sales AS
  SELECT o.id AS order_id, o.customer_id, o.country, o.placed_at, i.product_id, i.quantity,
    i.quantity * i.unit_price AS amount
  FROM orders o JOIN order_items i ON i.order_id = o.id
  WHERE o.status <> 'cancelled';

CREATE VIEW availability AS
  SELECT p.id AS product_id, p.sku, coalesce(sum(s.quantity - s.reserved), 0)::integer AS available
  FROM products p LEFT JOIN stock s ON s.product_id = p.id
  GROUP BY p.id;

CREATE TABLE price_changes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  product_id bigint NOT NULL REFERENCES products ON DELETE CASCADE,
  before numeric(12, 2),
  after numeric(12, 2) NOT NULL,
  changed_by text NOT NULL DEFAULT current_user,
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX price_changes_product ON price_changes (product_id);

CREATE FUNCTION note_price() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO price_changes (product_id, before, after)
    SELECT NEW.product_id,
      (SELECT amount FROM prices WHERE product_id = NEW.product_id AND valid_from < NEW.valid_from
        ORDER BY valid_from DESC LIMIT 1),
      NEW.amount;
  RETURN NEW;
END
$$;
CREATE TRIGGER prices_note AFTER INSERT ON prices FOR EACH ROW EXECUTE FUNCTION note_price();
