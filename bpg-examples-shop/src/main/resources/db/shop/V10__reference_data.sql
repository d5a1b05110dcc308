INSERT INTO countries VALUES
  ('AT', 'Austria'), ('BE', 'Belgium'), ('CH', 'Switzerland'), ('DE', 'Germany'), ('DK', 'Denmark'),
  ('ES', 'Spain'), ('FI', 'Finland'), ('FR', 'France'), ('IE', 'Ireland'), ('IT', 'Italy'),
  ('NL', 'Netherlands'), ('NO', 'Norway'), ('PL', 'Poland'), ('PT', 'Portugal'), ('SE', 'Sweden');

INSERT INTO tax_rates VALUES
  ('AT', 'standard', 20), ('AT', 'reduced', 10), ('BE', 'standard', 21), ('BE', 'reduced', 6),
  ('CH', 'standard', 8.1), ('CH', 'reduced', 2.6), ('DE', 'standard', 19), ('DE', 'reduced', 7),
  ('DK', 'standard', 25), ('ES', 'standard', 21), ('ES', 'reduced', 10), ('FI', 'standard', 25.5),
  ('FR', 'standard', 20), ('FR', 'reduced', 5.5), ('IE', 'standard', 23), ('IT', 'standard', 22),
  ('NL', 'standard', 21), ('NL', 'reduced', 9), ('NO', 'standard', 25), ('PL', 'standard', 23),
  ('PT', 'standard', 23), ('SE', 'standard', 25);

INSERT INTO warehouses VALUES ('BER', 'Berlin', 1), ('LYO', 'Lyon', 2), ('MAD', 'Madrid', 3);

INSERT INTO carriers VALUES ('post', 'The Post'), ('swift', 'Swift Parcels'), ('cargo', 'Heavy Cargo');

INSERT INTO shipping_rates
  SELECT carrier, code, up_to_grams, price + CASE WHEN code = 'DE' THEN 0 ELSE 4 END
  FROM countries, (VALUES
    ('post', 1000, 3.90), ('post', 5000, 6.90),
    ('swift', 1000, 5.90), ('swift', 5000, 6.50), ('swift', 20000, 14.90),
    ('cargo', 20000, 29.00), ('cargo', 500000, 89.00)) AS rates (carrier, up_to_grams, price);
