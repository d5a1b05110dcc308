CREATE TABLE orders (id int PRIMARY KEY, amount numeric NOT NULL, paid boolean NOT NULL DEFAULT false);
INSERT INTO orders (id, amount) SELECT i, i * 10 FROM generate_series(1, 1000) AS i;
