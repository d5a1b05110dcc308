-- The rows of the shop, made by the server itself. Each part begins with a line of "-- part:".

-- part: customers
INSERT INTO customers
SELECT
  id,
  lower(given) || '.' || lower(family) || '.' || id || '@example.com',
  given || ' ' || family,
  (ARRAY['DE', 'FR', 'GB', 'IT', 'NL', 'PL', 'US'])[1 + id * 7919 % 7],
  timestamptz '2021-01-01 00:00Z' + id * interval '14 minutes'
FROM generate_series(1, 100000) AS id,
  LATERAL (
    SELECT
      (ARRAY['Ada', 'Bruno', 'Chloe', 'David', 'Emma', 'Felix', 'Greta', 'Hugo', 'Ines', 'Jan'])[1 + id % 10],
      (ARRAY['Berg', 'Costa', 'Dupont', 'Evans', 'Fischer', 'Green', 'Horvat', 'Ivanov', 'Jansen'])[1 + id * 31 % 9]
  ) AS person (given, family);

-- part: products
INSERT INTO products
SELECT
  id,
  'SKU-' || lpad(id::text, 6, '0'),
  (ARRAY['Oak', 'Steel', 'Linen', 'Glass', 'Cork'])[1 + id % 5] || ' '
    || (ARRAY['chair', 'lamp', 'table', 'vase', 'shelf', 'stool', 'mirror'])[1 + id * 13 % 7]
    || ' no. ' || id,
  (ARRAY['living room', 'kitchen', 'office', 'garden'])[1 + id * 17 % 4],
  490 + id * 6151 % 40000
FROM generate_series(1, 10000) AS id;

-- part: orders
INSERT INTO orders
SELECT
  id,
  1 + id * 48271 % 100000,
  (ARRAY['shipped', 'shipped', 'shipped', 'shipped', 'paid', 'shipped', 'returned', 'new'])[1 + id % 8],
  timestamptz '2024-01-01 00:00Z' + id * interval '4 minutes'
FROM generate_series(1::bigint, 250000) AS id;

-- part: order_items
INSERT INTO order_items
SELECT orders.id, line, products.id, 1 + (orders.id + line) % 3, products.price_cents
FROM orders
CROSS JOIN generate_series(1, 2) AS line
JOIN products ON products.id = 1 + (orders.id * 69621 + line * 16807) % 10000;

-- part: payments
INSERT INTO payments
SELECT
  orders.id,
  orders.id,
  (ARRAY['card', 'card', 'wallet', 'transfer'])[1 + orders.id % 4],
  sum(quantity * price_cents),
  orders.ordered_at + interval '7 minutes'
FROM orders
JOIN order_items ON order_items.order_id = orders.id
WHERE orders.status <> 'new'
GROUP BY orders.id;
