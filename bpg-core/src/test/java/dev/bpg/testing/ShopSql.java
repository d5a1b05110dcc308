package dev.bpg.testing;

/** What is in the database {@code shop}. */
final class ShopSql {

  static final String TEXT =
      """
      CREATE EXTENSION amcheck;
      CREATE TABLE customers (id int PRIMARY KEY, email text NOT NULL UNIQUE);
      INSERT INTO customers SELECT i, 'c' || i || '@example.com' FROM generate_series(1, 1000) i;
      CREATE TABLE orders (
        id serial PRIMARY KEY,
        customer int NOT NULL REFERENCES customers,
        cents bigint NOT NULL);
      INSERT INTO orders (customer, cents)
        SELECT 1 + i % 1000, i * 7 % 10007 FROM generate_series(1, 5000) i;
      CREATE INDEX orders_by_customer ON orders (customer);
      CREATE TABLE documents (id int PRIMARY KEY, body text NOT NULL, raw bytea NOT NULL);
      INSERT INTO documents
        SELECT i, repeat('Straße № ' || i || E' \\U0001F418\\n', i * 40),
               decode(repeat(md5(i::text), i * 20), 'hex')
        FROM generate_series(1, 50) i;
      CREATE TABLE accounts (id int PRIMARY KEY, balance bigint NOT NULL);
      INSERT INTO accounts SELECT i, 1000 FROM generate_series(1, 100) i;
      CREATE TABLE ledger (id bigint PRIMARY KEY);
      CREATE SEQUENCE tickets;
      SELECT nextval('tickets') FROM generate_series(1, 41);
      ANALYZE;
      """;

  private ShopSql() {}
}
