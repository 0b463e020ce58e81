-- The device that let this one in, and takes it along when it is revoked. Devices from before don't tell.
ALTER TABLE tokens ADD COLUMN let_in_by TEXT;
