CREATE TABLE orders (
  id int PRIMARY KEY,
  cents bigint NOT NULL CHECK (cents > 0),
  paid boolean NOT NULL DEFAULT false
);

INSERT INTO orders (id, cents) SELECT i, 100 * i FROM generate_series(1, 10) i;
