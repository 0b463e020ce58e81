-- The device that let this one in, and takes it along when it is revoked. Devices from before don't tell.
-- Only added when it is missing, so that this can be made again; MySQL has no IF NOT EXISTS for columns.
SET @add_column = (
  SELECT IF(COUNT(*) = 0, 'ALTER TABLE tokens ADD COLUMN let_in_by VARCHAR(64)', 'DO 0')
    FROM information_schema.columns
   WHERE table_schema = DATABASE() AND table_name = 'tokens' AND column_name = 'let_in_by');
PREPARE add_column FROM @add_column;
EXECUTE add_column;
DEALLOCATE PREPARE add_column;
