-- A small shop after a year: 1,000 customers, 400 products, 3,000 orders. The same in each run.
SELECT setseed(0.5);

INSERT INTO brands (name) SELECT 'Brand ' || n FROM generate_series(1, 25) AS n;

INSERT INTO categories (slug, name) VALUES
  ('books', 'Books'), ('garden', 'Garden'), ('kitchen', 'Kitchen'), ('toys', 'Toys'), ('sports', 'Sports');
INSERT INTO categories (parent_id, slug, name)
  SELECT id, slug || '-' || n, name || ' ' || n FROM categories, generate_series(1, 4) AS n;

INSERT INTO products (sku, name, description, brand_id, tax_kind, weight_grams)
  SELECT 'SAMPLE-' || lpad(n::text, 5, '0'),
    (ARRAY['Sturdy', 'Light', 'Red', 'Folding', 'Classic'])[1 + n % 5] || ' '
      || (ARRAY['chair', 'kettle', 'ball', 'novel', 'spade', 'lamp', 'puzzle'])[1 + n % 7],
    'Number ' || n || ' of our sample range, made to last.',
    (SELECT min(id) FROM brands) + n % 25,
    CASE WHEN n % 7 = 3 THEN 'reduced' ELSE 'standard' END,
    100 + (n * 37) % 4000
  FROM generate_series(1, 400) AS n;

INSERT INTO product_categories
  SELECT p.id, c.id FROM products p
  JOIN (SELECT id, row_number() OVER (ORDER BY id) AS position FROM categories WHERE parent_id IS NOT NULL) c
    ON c.position = 1 + p.id % 20;

INSERT INTO prices
  SELECT id, timestamptz '2025-01-01 00:00Z', 2 + (id * 131) % 15000 / 100.0 FROM products
  UNION ALL
  SELECT id, timestamptz '2025-07-01 00:00Z', 3 + (id * 137) % 15000 / 100.0 FROM products WHERE id % 3 = 0;

INSERT INTO stock_movements (product_id, warehouse, change, reason, moved_at)
  SELECT p.id, w.code, 20 + (p.id * 13) % 200, 'opening stock', '2025-01-01 00:00Z'
  FROM products p, warehouses w WHERE (p.id + w.priority) % 3 <> 0;

INSERT INTO suppliers (name) SELECT 'Supplier ' || n FROM generate_series(1, 12) AS n;
INSERT INTO purchase_orders (supplier_id, warehouse, status, ordered_at)
  SELECT s.id, 'BER', 'received', '2025-02-01 00:00Z' FROM suppliers s, generate_series(1, 5);
INSERT INTO purchase_order_items
  SELECT o.id, p.id, 10 + p.id % 40, 1 + p.id % 60 FROM purchase_orders o JOIN products p ON p.id % 60 = o.id % 60;

INSERT INTO customers (email, name, created_at)
  SELECT 'sample' || n || '@example.com', 'Sample Customer ' || n,
    timestamptz '2025-01-01 00:00Z' + n * interval '6 hours'
  FROM generate_series(1, 1000) AS n;
INSERT INTO addresses (customer_id, street, postcode, city, country, is_default)
  SELECT id, id || ' Sample Street', (10000 + id)::text, 'Town ' || id % 50,
    (ARRAY['DE', 'FR', 'ES', 'NL', 'AT'])[1 + id % 5], true
  FROM customers;
INSERT INTO customer_notes (customer_id, author, note)
  SELECT id, 'support', 'Asked about an order.' FROM customers WHERE id % 10 = 0;

INSERT INTO orders (customer_id, country, recipient, shipping, placed_at)
  SELECT c.id, a.country, c.name, 3.90, c.created_at + n * interval '11 days' + random() * interval '1 day'
  FROM customers c JOIN addresses a ON a.customer_id = c.id, generate_series(1, 3) AS n;
INSERT INTO order_items
  SELECT o.id, n, 1 + (o.id * 7 + n * 61) % 400 + (SELECT min(id) - 1 FROM products), 'BER', 1 + (o.id + n) % 3,
    5 + (o.id * n) % 90, 19
  FROM orders o, generate_series(1, 3) AS n;
UPDATE orders SET status = CASE WHEN id % 20 = 0 THEN 'cancelled' ELSE 'delivered' END;

INSERT INTO payments (order_id, method, amount, status, reference)
  SELECT id, (ARRAY['card', 'transfer', 'invoice'])[1 + id % 3], order_total(id), 'captured', 'sample-' || id
  FROM orders WHERE status = 'delivered';
INSERT INTO refunds (payment_id, amount, reason) SELECT id, 1, 'late' FROM payments WHERE id % 50 = 0;
INSERT INTO shipments (order_id, carrier, tracking, shipped_at, delivered_at)
  SELECT id, 'post', 'SAMPLE' || id, placed_at + interval '1 day', placed_at + interval '3 days'
  FROM orders WHERE status = 'delivered';
INSERT INTO shipment_items
  SELECT s.id, i.order_id, i.line, i.quantity FROM shipments s JOIN order_items i ON i.order_id = s.order_id;
INSERT INTO loyalty_entries (customer_id, points, reason)
  SELECT customer_id, greatest(1, floor(order_total(id)))::integer, 'order ' || id FROM orders WHERE status = 'delivered';

INSERT INTO reviews (product_id, customer_id, rating, body)
  SELECT DISTINCT ON (s.product_id, s.customer_id) s.product_id, s.customer_id, 1 + (s.order_id % 5)::integer, 'As described.'
  FROM sales s WHERE s.order_id % 4 = 0;
INSERT INTO review_votes
  SELECT r.id, c.id, true FROM reviews r JOIN customers c ON c.id = r.customer_id % 900 + 1 WHERE c.id <> r.customer_id;
INSERT INTO wishlist_items (customer_id, product_id)
  SELECT c.id, p.id FROM customers c JOIN products p ON p.id % 100 = c.id % 100 WHERE c.id % 4 = 0;
INSERT INTO returns (order_id, status, reason) SELECT id, 'received', 'did not fit' FROM orders WHERE id % 60 = 1;
INSERT INTO return_items SELECT r.id, r.order_id, 1, 1 FROM returns r;
INSERT INTO coupons (code, percent, minimum, valid_from, valid_until, max_uses)
  SELECT 'SAMPLE' || n, 5 + n % 20, 20, '2025-01-01 00:00Z', '2025-12-31 00:00Z', 100 FROM generate_series(1, 30) AS n;
