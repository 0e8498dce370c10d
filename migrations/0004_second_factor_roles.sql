-- Who may do everything and who sees to the money need a second factor, where the settings ask for one. A database that
-- was seeded before the column was there has these roles without it; in a new one `npm run db:seed` writes it.
UPDATE roles SET second_factor_required = true WHERE system AND code IN ('superadmin', 'finance');
