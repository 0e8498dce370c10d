/** The sample superadmin. */
export const SAMPLE_ADMIN = "admin@loaf.test";
/** The password that all sample people share. */
export const SAMPLE_PASSWORD = "loaf-dev-password";
