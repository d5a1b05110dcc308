-- A shop: who buys what, and how it was paid.

CREATE TABLE customers (
  id         bigint PRIMARY KEY,
  email      text NOT NULL UNIQUE CHECK (email LIKE '%_@_%'),
  name       text NOT NULL,
  country    char(2) NOT NULL,
  created_at timestamptz NOT NULL
);

CREATE TABLE products (
  id          bigint PRIMARY KEY,
  sku         text NOT NULL UNIQUE,
  name        text NOT NULL,
  category    text NOT NULL,
  price_cents integer NOT NULL CHECK (price_cents > 0)
);

CREATE TABLE orders (
  id          bigint PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers,
  status      text NOT NULL CHECK (status IN ('new', 'paid', 'shipped', 'returned')),
  ordered_at  timestamptz NOT NULL
);

CREATE TABLE order_items (
  order_id    bigint NOT NULL REFERENCES orders,
  line        smallint NOT NULL,
  product_id  bigint NOT NULL REFERENCES products,
  quantity    integer NOT NULL CHECK (quantity > 0),
  price_cents integer NOT NULL CHECK (price_cents > 0),
  PRIMARY KEY (order_id, line)
);

CREATE TABLE payments (
  id           bigint PRIMARY KEY,
  order_id     bigint NOT NULL UNIQUE REFERENCES orders,
  method       text NOT NULL CHECK (method IN ('card', 'transfer', 'wallet')),
  amount_cents bigint NOT NULL CHECK (amount_cents > 0),
  paid_at      timestamptz NOT NULL
);

CREATE INDEX orders_by_customer ON orders (customer_id, ordered_at);
CREATE INDEX order_items_by_product ON order_items (product_id);
CREATE INDEX payments_by_time ON payments (paid_at);
