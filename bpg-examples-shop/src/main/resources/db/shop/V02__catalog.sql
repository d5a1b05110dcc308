CREATE TABLE brands (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE
);

CREATE TABLE categories (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  parent_id bigint REFERENCES categories,
  slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9-]+$'),
  name text NOT NULL,
  CHECK (parent_id <> id)
);
CREATE INDEX categories_parent ON categories (parent_id);

CREATE TABLE products (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sku text NOT NULL UNIQUE,
  name text NOT NULL CHECK (name <> ''),
  description text NOT NULL DEFAULT '',
  brand_id bigint REFERENCES brands,
  tax_kind text NOT NULL DEFAULT 'standard' CHECK (tax_kind IN ('standard', 'reduced')),
  weight_grams integer NOT NULL CHECK (weight_grams > 0),
  active boolean NOT NULL DEFAULT true,
  words tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('english', name), 'A') || setweight(to_tsvector('english', description), 'B')
  ) STORED
);
CREATE INDEX products_words ON products USING gin (words);
CREATE INDEX products_brand ON products (brand_id);

CREATE TABLE product_categories (
  product_id bigint NOT NULL REFERENCES products ON DELETE CASCADE,
  category_id bigint NOT NULL REFERENCES categories,
  PRIMARY KEY (product_id, category_id)
);
CREATE INDEX product_categories_category ON product_categories (category_id);

CREATE TABLE prices (
  product_id bigint NOT NULL REFERENCES products ON DELETE CASCADE,
  valid_from timestamptz NOT NULL,
  amount numeric(12, 2) NOT NULL CHECK (amount >= 0),
  PRIMARY KEY (product_id, valid_from)
);
