INSERT INTO customers (name) VALUES ('Ada'), ('Grace');

INSERT INTO orders (customer_id, cents) SELECT 1 + i % 2, 100 * i FROM generate_series(1, 10) i;
