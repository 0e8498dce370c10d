// Made from the OpenAPI document by `npm run client:build`. Do not edit.

export interface paths {
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check that the API is running
         * @description Open to anyone.
         */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check that the API is configured, reaches its database, and that its jobs run
         * @description Open to anyone.
         */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Apply for membership
         * @description An email tells the applicant what to do next. The answer and its timing do not tell whether the address is known.
         *
         *     Open to anyone.
         */
        post: operations["registerApplicant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/resend-verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for another verification email
         * @description The answer and its timing do not tell whether the address is known.
         *
         *     Open to anyone.
         */
        post: operations["resendVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/verify-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open the link in a verification email
         * @description Shows a page that asks first, and changes nothing. If the client's Accept header names `application/json`, it verifies the address, as POST does.
         *
         *     Needs the token of an emailed link, which the local mailbox shows.
         *
         *     Open to anyone.
         */
        get: operations["openVerificationLink"];
        put?: never;
        /**
         * Verify an email address
         * @description If the address was registered with different passwords, none of them works, and `password_needed` is true. Then send `reset_token` and a new password to auth/reset-password. We also email a link that does this. Repeating it changes nothing.
         *
         *     Open to anyone.
         */
        post: operations["verifyEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/verify-email/not-me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that a registration was somebody else's
         * @description Removes the registration that the link was emailed for. Repeating it changes nothing.
         *
         *     Open to anyone.
         */
        post: operations["disownRegistration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description Works in every status. A 401 does not tell whether the address is known.
         *
         *     Open to anyone.
         */
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange a refresh token
         * @description Each token works once. For 30 seconds the previous one gives the same successor; an older one ends the session.
         *
         *     Open to anyone.
         */
        post: operations["refreshSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who am I
         * @description For signed-in people.
         *
         *     Also works before a person sets up the second factor that their role requires.
         */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/forgot-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The page for those who forgot their password
         * @description Used if there is no frontend. A page for browsers, JSON for other clients.
         *
         *     Open to anyone.
         */
        get: operations["getForgotPasswordPage"];
        put?: never;
        /**
         * Ask for a link to choose a new password
         * @description Mails the owner of a verified address. The answer and its timing do not tell whether the address is known.
         *
         *     Open to anyone.
         */
        post: operations["forgotPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/reset-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open the link to choose a new password
         * @description A browser gets a page that asks for the password. For a client, 200 means that the link still works.
         *
         *     Open to anyone.
         */
        get: operations["openResetLink"];
        put?: never;
        /**
         * Choose a new password with a mailed link
         * @description The link works once, for 1 hour. Ends all sessions; does not sign in.
         *
         *     Open to anyone.
         */
        post: operations["resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open the link to an account that volunteers entered
         * @description Changes nothing. A browser gets a page that asks for a password. For other clients, 200 means that the link still works.
         *
         *     Open to anyone.
         */
        get: operations["openActivationLink"];
        put?: never;
        /**
         * Open the account that volunteers entered for me
         * @description Confirms the address that the link was mailed to, and sets my password. The link works once, for 14 days. 409 `already_registered` if I have another account with the address by now: then I sign in to that one. Does not sign in.
         *
         *     Open to anyone.
         */
        post: operations["activateAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/change-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change my password
         * @description Needs the current password. Ends all my other sessions.
         *
         *     For signed-in people.
         */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/change-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change my email address
         * @description Mails a link to the new address and a notice to the old one. The change takes effect when the link is opened; the answer does not tell whether the new address is known.
         *
         *     For signed-in people.
         *
         *     Needs a fresh proof of identity: signing in, or `POST /api/auth/reauthenticate`, within the last 15 minutes. Otherwise 403 `reauthentication_required`.
         */
        post: operations["changeEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/confirm-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open the link that confirms an address
         * @description Shows a page that asks first, and changes nothing. If the client's Accept header names `application/json`, it confirms the address, as POST does.
         *
         *     Needs the token of an emailed link, which the local mailbox shows.
         *
         *     Open to anyone.
         */
        get: operations["openEmailChangeLink"];
        put?: never;
        /**
         * Confirm an address
         * @description Repeating it changes nothing.
         *
         *     Open to anyone.
         */
        post: operations["confirmEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where I am signed in
         * @description Newest first. A session ends after 30 days, or after 7 days without use.
         *
         *     For signed-in people.
         */
        get: operations["listMySessions"];
        put?: never;
        post?: never;
        /**
         * Sign out everywhere
         * @description Also signs out this device.
         *
         *     For signed-in people.
         */
        delete: operations["endAllMySessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Sign out one of my devices
         * @description For signed-in people.
         */
        delete: operations["endMySession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sign-ins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My recent sign-ins, and failed attempts
         * @description Newest first, from the last 90 days.
         *
         *     For signed-in people.
         */
        get: operations["listMySignIns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out of this session
         * @description For signed-in people.
         *
         *     Also works before a person sets up the second factor that their role requires.
         */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/mfa/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in, second step
         * @description Takes the mfa_token from signing in, and a code from the authenticator app or a recovery code; each code works once. After five wrong codes the password is needed again, and after ten within 24 hours only a recovery code works.
         *
         *     Open to anyone.
         */
        post: operations["signInWithSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/mfa": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My second factor
         * @description For signed-in people.
         *
         *     Also works before a person sets up the second factor that their role requires.
         */
        get: operations["getMySecondFactor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/mfa/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start to set up a second factor
         * @description Returns the secret for an authenticator app (TOTP). The factor counts once a code confirms it.
         *
         *     For signed-in people with the status pending_validation, pre_validated, payment_pending, active, inactive.
         *
         *     Needs a fresh proof of identity: signing in, or `POST /api/auth/reauthenticate`, within the last 15 minutes. Otherwise 403 `reauthentication_required`.
         */
        post: operations["startSecondFactor"];
        /**
         * Remove my second factor
         * @description Also removes its recovery codes and ends all my other sessions. Refused if a role of mine requires it.
         *
         *     For signed-in people.
         *
         *     Needs a fresh proof of identity: signing in, or `POST /api/auth/reauthenticate`, within the last 15 minutes. Otherwise 403 `reauthentication_required`.
         */
        delete: operations["removeSecondFactor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/mfa/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Turn on my second factor
         * @description Takes a code from the app. Returns the recovery codes, which are shown only now, and ends all my other sessions.
         *
         *     For signed-in people with the status pending_validation, pre_validated, payment_pending, active, inactive.
         *
         *     Needs a fresh proof of identity: signing in, or `POST /api/auth/reauthenticate`, within the last 15 minutes. Otherwise 403 `reauthentication_required`.
         */
        post: operations["confirmSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/mfa/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get new recovery codes
         * @description They are shown only now. The old ones stop working.
         *
         *     For signed-in people.
         *
         *     Needs a fresh proof of identity: signing in, or `POST /api/auth/reauthenticate`, within the last 15 minutes. Otherwise 403 `reauthentication_required`.
         */
        post: operations["renewRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/reauthenticate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm that it is me
         * @description Takes a code of the second factor, or the password if there is none. A request that got reauthentication_required then works.
         *
         *     For signed-in people.
         *
         *     Also works before a person sets up the second factor that their role requires.
         */
        post: operations["reauthenticate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/members/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get my profile
         * @description For signed-in people.
         */
        get: operations["getMyProfile"];
        /**
         * Change my profile
         * @description Fields that are left out stay as they are. Null or an empty text clears an optional field.
         *
         *     For signed-in people.
         */
        put: operations["editMyProfile"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/members/profile/upload-photo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload a photo of me
         * @description A JPEG, PNG, WebP or HEIC image of at most 50 MB, 100 megapixels and 12,000 pixels a side, in the field `file` of a form or as the whole body. Replaces my previous photo. We keep it as WebP with at most 2048 pixels on the long side, and a thumbnail. Both are turned upright and lose the data that cameras add, such as the place. `photo_audience` says who sees it.
         *
         *     For signed-in people.
         */
        post: operations["uploadMyPhoto"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/members/profile/delete-photo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete my photo
         * @description Links to it stop working right away. Changes nothing if I have no photo.
         *
         *     For signed-in people.
         */
        delete: operations["deleteMyPhoto"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/members/privacy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See who sees what of me
         * @description For signed-in people.
         */
        get: operations["getMyPrivacy"];
        /**
         * Change who sees what of me
         * @description Counts from the next request of anybody on. Links to the photo that were given out before work for up to two hours; to end them at once, delete or replace the photo. Fields that are left out stay as they are.
         *
         *     For signed-in people.
         */
        put: operations["editMyPrivacy"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/directory": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the members who want to be found
         * @description By name. Each shows only what they choose to.
         *
         *     For signed-in people with the status active.
         */
        get: operations["listDirectory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/directory/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a member from the directory
         * @description For signed-in people with the status active.
         */
        get: operations["getDirectoryEntry"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/members/access-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See who looked at my data, and who could
         * @description Which volunteers opened or exported my data, newest first, by name. What I read myself is left out, and so are looks at the list of people and exports of money. `could` lists the roles that open people's data, and how many people hold each.
         *
         *     For signed-in people.
         */
        get: operations["listMyAccessLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/members/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download my data
         * @description Everything that the platform keeps about me as one JSON file, with links to my photo. It includes what volunteers wrote in notes about me, but not who wrote it. It leaves out secrets such as my password, and the bookkeeping notes of payments and donations. Lists that could go on forever hold the newest 1000 entries.
         *
         *     For signed-in people.
         *
         *     Needs a fresh proof of identity: signing in, or `POST /api/auth/reauthenticate`, within the last 15 minutes. Otherwise 403 `reauthentication_required`.
         */
        get: operations["exportMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/members/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have me erased
         * @description In seven days, everything about me is erased and my membership ends, at Stripe first. Until then I can take this back; afterward nobody can. Asking again keeps the first date. Payments and donations keep their amount, day, method, receipt number and Stripe's ids, without a name. If my address is verified, an email says by when and how I can take it back, and what stays where.
         *
         *     For signed-in people.
         *
         *     Needs a fresh proof of identity: signing in, or `POST /api/auth/reauthenticate`, within the last 15 minutes. Otherwise 403 `reauthentication_required`.
         */
        post: operations["eraseMe"];
        /**
         * Take back my request to be erased
         * @description Possible until `erase_at`. Changes nothing if nobody asked for it. If a volunteer asked, only volunteers can take that back: if both of us asked, I am still erased.
         *
         *     For signed-in people.
         */
        delete: operations["keepMe"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a person
         * @description With the newest notes, and people who may be the same person. For those who may read the lists, also vouchings, the subscription and the newest donations, RSVPs, emails and changes. The person's access log shows that you looked.
         *
         *     Needs the permission `users.view` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["getUser"];
        /**
         * Edit a person
         * @description Fields that are left out stay as they are. Null or an empty text clears an optional field. A new email address needs `users.view_sensitive`, because whoever has it can open the account and read everything. If somebody has an account, the address must be confirmed: we mail it a link and tell the old one, which stays until then; this also needs a proof of identity from the last 15 minutes. Without an account, the address just changes; 409 `address_has_owner` if somebody has confirmed it. You must hold every permission that the person holds. What a person shows to nobody, and their legal name, can be changed only with `users.view_sensitive`, unless volunteers entered them and they have not opened their account. What people wrote themselves in `referred_by` nobody else can change: 409 `referred_by_is_theirs`.
         *
         *     Needs the permission `users.edit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        put: operations["editUser"];
        post?: never;
        /**
         * Delete a person
         * @description Erases them in seven days, exactly as if they had asked for it themselves, and emails them if their address is verified. You must hold every permission that they hold. The last superadmin cannot be deleted. To have yourself erased, use `POST /api/members/erase`.
         *
         *     Needs the permission `users.delete` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         *
         *     Needs a fresh proof of identity: signing in, or `POST /api/auth/reauthenticate`, within the last 15 minutes. Otherwise 403 `reauthentication_required`.
         */
        delete: operations["deleteUser"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/keep": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keep a person who was to be deleted
         * @description Possible until `erase_at`. Emails the person if their address is verified. If they asked to be erased themselves, only they can take that back: if both asked, they are still erased.
         *
         *     Needs the permission `users.delete` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["keepUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List people
         * @description Newest first by default, with the number of people in each status. What a person hides from volunteers is neither searched nor shown.
         *
         *     Needs the permission `users.view` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["listUsers"];
        put?: never;
        /**
         * Enter somebody who applied on paper
         * @description People without an email address are welcome: leave `email` out. An address that a volunteer types proves nothing: nobody can sign in with it, and it gets no email except the activation, if you ask for it. The link in that email confirms the address and lets the person choose a password. 409 `address_has_owner` if somebody has confirmed the address already. `twins` names people who may be the same person, as far as they show what they have in common.
         *
         *     Needs the permission `users.create` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export people
         * @description A CSV file (RFC 4180, UTF-8), newest first. Days and times are in the organization's time zone. The last day of a term belongs to the term. An apostrophe precedes text that a spreadsheet could take for a formula. The file streams page by page, and each page checks access again: if anything fails, the connection breaks and the file is incomplete. The audit log records the export and its filters. The filters are those of the list. Whoever joined last comes first. What a person hides from volunteers is empty, and legal names are never exported. `POST /api/admin/users/import` can read the file. Each exported person's access log shows the export.
         *
         *     Needs the permission `users.export` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["exportUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Approve an applicant
         * @description Moves a `pending_validation` or `pre_validated` applicant to `payment_pending`. Sends a welcome email and an email about paying dues. Nobody can approve their own application.
         *
         *     Needs the permission `users.approve` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        put: operations["approveUser"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reject an applicant
         * @description Moves somebody with an open application to `rejected`. Emails the reason if the address is verified, and ends the applicant's open checkout. You must hold every permission that the applicant holds, and nobody can reject their own application.
         *
         *     Needs the permission `users.reject` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["rejectUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve many applicants
         * @description For at most 100 people: name their `ids`, or send the list's filters and the `count` that you saw, which needs `users.view`. The rules are the same as for one person. Whoever cannot be moved is in `not_moved` with the reason. Repeating it moves nobody twice.
         *
         *     Needs the permission `users.approve` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["approveUsers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reject many applicants for one reason
         * @description For at most 100 people: name their `ids`, or send the list's filters and the `count` that you saw, which needs `users.view`. The rules are the same as for one person. Whoever cannot be moved is in `not_moved` with the reason. Repeating it moves nobody twice.
         *
         *     Needs the permission `users.reject` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["rejectUsers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/reconsider": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a rejection back
         * @description Moves somebody from `rejected` to `pending_validation` and emails them. If they registered and never verified their address, they move to `pending_email` and get a new link to verify it. You must hold every permission that the person holds, and nobody can reconsider their own application.
         *
         *     Needs the permission `users.reject` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["reconsiderUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/take-on": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look after an application
         * @description Tells other volunteers that you are looking after it, for three days. Repeating it starts the three days again. 409 `taken_on` while somebody else looks after it.
         *
         *     Needs the permission `users.approve` or `users.reject` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["takeOnApplication"];
        /**
         * Stop looking after an application
         * @description Needs the permission `users.approve` or `users.reject` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        delete: operations["letGoOfApplication"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/vouchings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See who was asked about an applicant
         * @description In the order in which they were asked, all on one page.
         *
         *     Needs the permission `users.approve` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["listVouchings"];
        put?: never;
        /**
         * Ask a member whether they know an applicant
         * @description Choose the active member whom the applicant's `referred_by` means. The member gets an email that names the applicant, with a link that works for 30 days. If they say yes, an applicant in `pending_validation` becomes `pre_validated`. Asking again sends the email again, at most once a day.
         *
         *     Needs the permission `users.approve` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["askToVouch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/members/vouchings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the applicants I am asked about
         * @description Those about whom a volunteer asked me, until I answer or no answer is needed anymore.
         *
         *     For signed-in people with the status active.
         */
        get: operations["listVouchingQuestions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/members/vouchings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say whether I know an applicant
         * @description The first answer stands, and repeating it changes nothing. Volunteers see it. The applicant's own export has it too, without the member's name.
         *
         *     For signed-in people with the status active.
         */
        post: operations["answerVouching"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/vouch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open the link that asks whether a member knows an applicant
         * @description Changes nothing. Shows a page that asks. A client whose Accept header names `application/json` gets the words of the page as JSON.
         *
         *     Needs the token of an emailed link, which the local mailbox shows.
         *
         *     Open to anyone.
         */
        get: operations["openVouchingLink"];
        put?: never;
        /**
         * Say whether I know an applicant, by a link from an email
         * @description The first answer stands, and repeating it changes nothing.
         *
         *     Open to anyone.
         */
        post: operations["answerVouchingByLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List invitations
         * @description Newest first.
         *
         *     Needs the permission `users.invite` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["listInvitations"];
        put?: never;
        /**
         * Invite somebody
         * @description Emails a link that works for 14 days. Whoever accepts becomes `pre_validated` and gets the role, if you may still give it then. The answer and its timing do not reveal whether the address has an account: its owner gets an email to sign in instead. An address gets at most five invitations a day.
         *
         *     Needs the permission `users.invite` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         *
         *     Needs a fresh proof of identity: signing in, or `POST /api/auth/reauthenticate`, within the last 15 minutes. Otherwise 403 `reauthentication_required`.
         */
        post: operations["invite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/invitations/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send an invitation again
         * @description The new link and the invitation work for another 14 days. Only an open invitation can be sent again.
         *
         *     Needs the permission `users.invite` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["resendInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an invitation
         * @description Its links stop working. It stays in the list. Repeating it changes nothing.
         *
         *     Needs the permission `users.invite` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        delete: operations["revokeInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/accept-invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open the link in an invitation
         * @description Changes nothing. Shows a page that asks for the name and a password. For a client whose Accept header names `application/json`, 200 means that the invitation can be accepted.
         *
         *     Needs the token of an emailed link, which the local mailbox shows.
         *
         *     Open to anyone.
         */
        get: operations["openInvitation"];
        put?: never;
        /**
         * Accept an invitation
         * @description Works once. The link verifies the address. Does not sign in.
         *
         *     Open to anyone.
         */
        post: operations["acceptInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import people from a file
         * @description A CSV file in UTF-8, separated by commas, semicolons or tabs, with a header, at most 20 MiB and 20,000 rows. Nothing is changed yet: its rows are checked first, and `GET /api/admin/import-jobs/{id}` says how far that is and what each row would do. This shows whether somebody is known.
         *
         *     Needs the permission `users.import` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["importUsers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/import/template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an empty file to fill in
         * @description Its header names every column that an import takes. `docs/importing.md` says what each may contain.
         *
         *     Needs the permission `users.import` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["getImportTemplate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/import-jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List imports
         * @description Newest first.
         *
         *     Needs the permission `users.import` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["listImports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/import-jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an import
         * @description Its progress, and how many of its rows do what.
         *
         *     Needs the permission `users.import` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["getImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/import-jobs/{id}/columns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say what the columns fill
         * @description Has every row checked again. Only before the import is applied, and only by somebody who sees all its columns: see the list of its rows.
         *
         *     Needs the permission `users.import` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        put: operations["mapImportColumns"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/import-jobs/{id}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the rows of an import
         * @description In the order of the file: what each would do, or has done, and what is wrong with it. With `users.view_sensitive`, the access logs of the people whom the rows match say that you read the cells of a file that somebody else uploaded.
         *
         *     Needs the permission `users.import` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["listImportRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/import-jobs/{id}/problems.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download the rows with problems
         * @description The uploaded columns, and after them `row` and `problem`. Correct the file and upload it again as it is: those two columns are ignored. Of a file that somebody else uploaded, the cells are those that the list of rows shows you.
         *
         *     Needs the permission `users.import` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["exportImportProblems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/import-jobs/{id}/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Apply an import
         * @description Creates and changes people as in the dry run. Rows with problems are left out, also if the problem came up since. The work continues after this answer: get the import to see its progress. Sends no email.
         *
         *     Needs the permission `users.import` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["applyImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/import-jobs/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo an import
         * @description Deletes the people whom it created, and restores what it changed for others, except what has changed since. Not possible once somebody whom it created has opened their account, paid or donated, nor after 30 days. The work continues after this answer.
         *
         *     Needs the permission `users.import` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["undoImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/import-jobs/{id}/activation-waves": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Email the imported people links to their accounts
         * @description So many a day, beginning with those who joined first. The first go out with the next hourly run. Rejected and inactive people are sent none. The link confirms the address and lets them choose a password. Sent again, it changes how many.
         *
         *     Needs the permission `users.import` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["startActivationWaves"];
        /**
         * Stop emailing links to accounts
         * @description Needs the permission `users.import` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        delete: operations["stopActivationWaves"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change a person's status
         * @description Along the status flow, where no other route does: `pending_validation` to `pre_validated`; `active` to `inactive`, which emails the person that the membership ended; `inactive` to `payment_pending`, which emails the plans; and, for people whom volunteers entered, `pending_email` to `pending_validation`. Anything else is 409 `status_conflict`. 409 `subscription_running` while a subscription runs: cancel it instead. To make somebody `inactive` or to bring them back, you must hold every permission that they hold. `reason` is kept as a note.
         *
         *     Needs the permission `users.change_status` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        put: operations["changeUserStatus"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/resend-verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Email somebody another link to confirm their address
         * @description The link verifies a registration, or opens the account of somebody whom volunteers entered. 409 `no_address`, `already_verified`, or `address_has_owner` if somebody else has confirmed the address. An address gets at most five such emails a day.
         *
         *     Needs the permission `users.edit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["resendConfirmation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/hand-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End what a volunteer does
         * @description Ends all their roles and sessions, and gives the applications that they look after to somebody else, who again has three days. They stay a member and can sign in again. Invitations that they sent no longer give roles; door links that they made stay, and whoever runs the event can revoke them. You must hold every permission that they hold. Only superadmins can do this to a superadmin, and one must remain. 409 `cannot_take_over` unless `to` may approve applications, and `nothing_to_hand_over` if they have neither roles nor applications. Without roles, their sessions stay.
         *
         *     Needs the permission `permissions.assign` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         *
         *     Needs a fresh proof of identity: signing in, or `POST /api/auth/reauthenticate`, within the last 15 minutes. Otherwise 403 `reauthentication_required`.
         */
        post: operations["handOver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/sensitive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See what a person hides
         * @description With the legal name, and people who may be the same person, judged by hidden details too. The person's access log shows that you looked.
         *
         *     Needs the permission `users.view_sensitive` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["getSensitiveDetails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/twins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List people who may be the same person
         * @description At most 20 people with the same name and birthday, the same phone, or the same address. What either of them hides from volunteers is not compared. The person's access log shows that you looked.
         *
         *     Needs the permission `users.view` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["listTwins"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the notes about a person
         * @description Newest first. Only holders of `users.view_sensitive` get the sensitive ones. The person's access log shows that you looked.
         *
         *     Needs the permission `users.view` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["listNotes"];
        put?: never;
        /**
         * Write a note about a person
         * @description The person can read it in the export of their data.
         *
         *     Needs the permission `users.edit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["addNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/notes/{note_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change a note
         * @description For its author, and for holders of `users.delete`.
         *
         *     Needs the permission `users.edit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        put: operations["editNote"];
        post?: never;
        /**
         * Delete a note
         * @description For its author, and for holders of `users.delete`.
         *
         *     Needs the permission `users.edit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        delete: operations["deleteNote"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Replace a person's tags
         * @description At most 20. Case and extra spaces do not matter.
         *
         *     Needs the permission `users.edit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        put: operations["replaceTags"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all tags
         * @description By name, with the number of people who have each.
         *
         *     Needs the permission `users.view` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["listTags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the permissions that a role can have
         * @description By code. The audit log refers to permissions by id.
         *
         *     Needs the permission `permissions.view` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["listPermissions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List roles
         * @description By code, with each role's permissions and number of holders.
         *
         *     Needs the permission `permissions.view` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["listRoles"];
        put?: never;
        /**
         * Create a role
         * @description You can only give it permissions that you hold yourself.
         *
         *     Needs the permission `permissions.manage_roles` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         *
         *     Needs a fresh proof of identity: signing in, or `POST /api/auth/reauthenticate`, within the last 15 minutes. Otherwise 403 `reauthentication_required`.
         */
        post: operations["createRole"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/roles/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a role
         * @description Needs the permission `permissions.view` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["getRole"];
        /**
         * Edit a role's name, description and second-factor rule
         * @description You must hold all of the role's permissions. A role that comes with the platform can only be made to require a second factor, and `member` cannot change at all.
         *
         *     Needs the permission `permissions.manage_roles` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         *
         *     Needs a fresh proof of identity: signing in, or `POST /api/auth/reauthenticate`, within the last 15 minutes. Otherwise 403 `reauthentication_required`.
         */
        put: operations["editRole"];
        post?: never;
        /**
         * Delete a role
         * @description Nobody may hold the role, and you must hold all of its permissions.
         *
         *     Needs the permission `permissions.delete_roles` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         *
         *     Needs a fresh proof of identity: signing in, or `POST /api/auth/reauthenticate`, within the last 15 minutes. Otherwise 403 `reauthentication_required`.
         */
        delete: operations["deleteRole"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/roles/{id}/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Replace a role's permissions
         * @description You must hold every permission that you add or remove. The permissions of a role that comes with the platform cannot change.
         *
         *     Needs the permission `permissions.manage_roles` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         *
         *     Needs a fresh proof of identity: signing in, or `POST /api/auth/reauthenticate`, within the last 15 minutes. Otherwise 403 `reauthentication_required`.
         */
        put: operations["editRolePermissions"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a person's roles
         * @description Needs the permission `permissions.view` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["listUserRoles"];
        /**
         * Replace a person's roles
         * @description You must hold all permissions of the roles that you give or take. Only superadmins can add or remove superadmins, and one must remain. The person's email address must be verified. `member` follows the person's status, so listing it makes no difference.
         *
         *     Needs the permission `permissions.assign` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         *
         *     Needs a fresh proof of identity: signing in, or `POST /api/auth/reauthenticate`, within the last 15 minutes. Otherwise 403 `reauthentication_required`.
         */
        put: operations["assignRoles"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List events
         * @description Published events. With an access token, each has my answer. `from` and `to` are about the start.
         *
         *     Open to anyone. An access token is optional, but an invalid one is refused.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an event
         * @description Counts people and names nobody. With an access token, it has my answer and my place in line.
         *
         *     Open to anyone. An access token is optional, but an invalid one is refused.
         */
        get: operations["getEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events/{id}/rsvp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer an event
         * @description A yes takes seats for me and my guests, and is confirmed by email. If the event is full, it takes a place on the waiting list, if there is one: then `rsvp_status` is `waitlisted`. Answering again replaces the answer. Giving up a seat works until the event starts.
         *
         *     For signed-in people.
         */
        post: operations["rsvp"];
        /**
         * Take back my answer
         * @description Gives up my seat or my place in line. Works until the event starts. Repeating it changes nothing.
         *
         *     For signed-in people.
         */
        delete: operations["withdrawRsvp"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events/{id}/ticket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get my ticket
         * @description For somebody with a seat: the code that they show at the door, also as a QR code. 404 without a seat, and once the event is canceled or over.
         *
         *     For signed-in people.
         */
        get: operations["getMyTicket"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events/ticket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open the link to a ticket in an email
         * @description Browsers get a page to show at the door. Nobody needs to sign in.
         *
         *     Needs the token of an emailed link, which the local mailbox shows.
         *
         *     Open to anyone.
         */
        get: operations["openTicketLink"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events/{id}/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who comes and lets members see it
         * @description For active members: the names of those who said yes with `show_name`, by name, and nothing else about them. Nobody once the event is over or canceled.
         *
         *     For signed-in people with the status active.
         */
        get: operations["listComers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events/cannot-come": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open the link that gives up a seat
         * @description Shows a page that asks first, and changes nothing. If the client's Accept header names `application/json`, it gives up the seat, as POST does.
         *
         *     Needs the token of an emailed link, which the local mailbox shows.
         *
         *     Open to anyone.
         */
        get: operations["openCannotComeLink"];
        put?: never;
        /**
         * Give up a seat by the link in an email
         * @description Repeating it changes nothing.
         *
         *     Open to anyone.
         */
        post: operations["cannotCome"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/members/rsvps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List my answers to events
         * @description For signed-in people.
         */
        get: operations["listMyRsvps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calendar.ics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The events as a calendar
         * @description For calendars to subscribe to. Canceled events stay, marked as such. Has an ETag.
         *
         *     Open to anyone.
         */
        get: operations["publicCalendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events/{id}/calendar.ics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An event as a file for a calendar
         * @description Has an ETag.
         *
         *     Open to anyone.
         */
        get: operations["eventCalendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calendar/{token}.ics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The events that a person answered, as a calendar
         * @description For the person's own calendar. Unless they chose otherwise, it names no event and no place. Has an ETag. 404 once they revoked it.
         *
         *     Open to anyone.
         */
        get: operations["personalCalendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/members/calendar-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get the address of my calendar feed
         * @description The address before it stops working.
         *
         *     For signed-in people.
         */
        post: operations["renewCalendarToken"];
        /**
         * Stop my calendar feed
         * @description Repeating it changes nothing.
         *
         *     For signed-in people.
         */
        delete: operations["revokeCalendarToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all events
         * @description With drafts. `from` and `to` are about the start.
         *
         *     Needs the permission `events.view` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["listManagedEvents"];
        put?: never;
        /**
         * Create an event
         * @description A draft, unless `published` is true. That needs `events.publish` as well.
         *
         *     Needs the permission `events.create` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["createEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an event, also a draft
         * @description Needs the permission `events.view` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["getManagedEvent"];
        /**
         * Edit an event
         * @description Fields that are left out stay as they are. A larger capacity gives seats to those who wait. If the time or the place changes, those who answered get an email. Changing `published` needs `events.publish` as well. With `series=following`, what is named becomes the same at this event and at those that follow: their start moves as far as that of this event, by the clock where they take place. If one of them cannot change, none does.
         *
         *     Needs the permission `events.edit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        put: operations["editEvent"];
        post?: never;
        /**
         * Delete an event
         * @description An event that people answered must be canceled first. The answers are deleted with it.
         *
         *     Needs the permission `events.delete` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        delete: operations["deleteEvent"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/events/{id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Publish, unpublish or cancel an event
         * @description `cancelled` is for good. It emails everyone who said yes or maybe, and everyone who waits, once. An event that people answered cannot become a draft again. With `series=following`, it does so with this event and those that follow; whoever answered several gets an email for each, and drafts and events that are over are not canceled. Repeating changes nothing.
         *
         *     Needs the permission `events.publish` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        put: operations["setEventStatus"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/events/{id}/duplicate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Copy an event
         * @description Makes a draft with the same details and questions, and without answers.
         *
         *     Needs the permission `events.create` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["duplicateEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/events/{id}/questions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set the questions of an event
         * @description Replaces all questions. One that is left out is deleted, with its answers. Only holders of `events.rsvps` see answers, and they are deleted 30 days after the event.
         *
         *     Needs the permission `events.edit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        put: operations["setQuestions"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/events/{id}/rsvps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the answers to an event
         * @description In the order in which they came, which is that of the waiting list.
         *
         *     Needs the permission `events.rsvps` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["listRsvps"];
        put?: never;
        /**
         * Answer for somebody
         * @description Whatever their status, and whether or not answers are open. The limits of seats and guests hold. A yes is confirmed by email.
         *
         *     Needs the permission `events.rsvps` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["addRsvp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/events/{id}/rsvps/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove somebody's answer
         * @description The seat goes to the first in line, unless `promote` is false.
         *
         *     Needs the permission `events.rsvps` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        delete: operations["removeRsvp"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/events/{id}/rsvps/{user_id}/promote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a free seat to somebody who waits
         * @description Whoever is before them in line. They get an email.
         *
         *     Needs the permission `events.rsvps` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["promoteRsvp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/events/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the answers to an event
         * @description A CSV file (RFC 4180, UTF-8) in the order of the answers. Times are in the organization's time zone. An apostrophe precedes text that a spreadsheet could take for a formula. What people answered to the event's questions is in it if you also hold `events.rsvps`. The audit log records the export and its filters, and each person in it sees it in their access log.
         *
         *     Needs the permission `events.export` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["exportRsvps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/events/{id}/attendance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Mark who came
         * @description For up to 500 people at once, also people without an answer. Coming moves a `pending_validation` person to `pre_validated`. Repeating it changes nothing.
         *
         *     Needs the permission `events.attendance` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        put: operations["markAttendance"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/events/{id}/check-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check somebody in by their code
         * @description The code that a person shows at the door: `check_in_code` of their answer, typed or scanned. Scanning it twice changes nothing.
         *
         *     Needs the permission `events.attendance` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["checkIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/gallery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the photos of all events
         * @description For active members. The latest first.
         *
         *     For signed-in people with the status active.
         */
        get: operations["listGallery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events/{id}/gallery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the photos of an event
         * @description Active members see all of them, everybody else those that are public. In the order that volunteers chose, then by the time they were taken.
         *
         *     Open to anyone. An access token is optional, but an invalid one is refused.
         */
        get: operations["listEventGallery"];
        put?: never;
        /**
         * Offer a photo of an event
         * @description For active members who said yes to the event, or came. It waits until a volunteer accepts it. The file is as for a photo of me. The same file again yields the first photo.
         *
         *     For signed-in people with the status active.
         */
        post: operations["offerPhoto"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/gallery/{id}/takedown": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take down a photo
         * @description For everybody with an account, because whoever is in a picture need not be a member. It needs no reason. From the answer on, nobody sees the photo, and links to it stop working. An event's cover that was made of it goes. Volunteers are told, but not who asked. Repeating it changes nothing.
         *
         *     For signed-in people.
         */
        post: operations["takeDownPhoto"];
        /**
         * Show a photo again that I took down
         * @description Nobody else can, volunteers neither. Repeating it changes nothing.
         *
         *     For signed-in people.
         */
        delete: operations["takeBackTakedown"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/gallery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all photos
         * @description The newest upload first, with those that members offer. Photos that are taken down have no links.
         *
         *     Needs the permission `gallery.view` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["listManagedPhotos"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/events/{id}/gallery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload a photo of an event
         * @description The file is as for a photo of me. We keep when it was taken, and nothing else that cameras add. The same file again yields the first photo.
         *
         *     Needs the permission `gallery.upload` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["uploadToGallery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/events/{id}/gallery/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload many photos of an event
         * @description A form with up to 20 files, each in a field `file`, and at most 100 MB in all. They are stored one after the other, and the answer has a result for each: one that fails does not undo the others. It is safe to send all of them again, because the same file again yields the first photo.
         *
         *     Needs the permission `gallery.upload` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["uploadManyToGallery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/gallery/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Edit a photo, or accept one that a member offers
         * @description Fields that are left out stay as they are. Taking `consent` back removes a cover that was made of the photo.
         *
         *     Needs the permission `gallery.edit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        put: operations["editPhoto"];
        post?: never;
        /**
         * Delete a photo
         * @description The image goes with it, and so does an event's cover that was made of it. Links to it stop working. This also turns down an offer.
         *
         *     Needs the permission `gallery.delete` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        delete: operations["deletePhotoOfEvent"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/gallery/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Turn a photo
         * @description Links to it change, and the old ones stop working.
         *
         *     Needs the permission `gallery.edit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["rotatePhoto"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/events/{id}/gallery/order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Put an event's photos in order
         * @description Photos that are not named come after the others, by the time they were taken.
         *
         *     Needs the permission `gallery.edit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        put: operations["orderGallery"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/events/{id}/door-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the door links of an event
         * @description The newest first, with those that were revoked.
         *
         *     Needs the permission `events.attendance` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["listDoorLinks"];
        put?: never;
        /**
         * Make a link for helpers at the door
         * @description Helpers need no account. Whoever knows the link sees who has a seat, from 2 hours before the start until 6 hours after the end. Make one for each helper, so that you can revoke them one by one.
         *
         *     Needs the permission `events.attendance` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["createDoorLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/events/{id}/door-links/{link_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a door link
         * @description It shows nothing from now on. Repeating it changes nothing.
         *
         *     Needs the permission `events.attendance` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        delete: operations["revokeDoorLink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/door/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See who has a seat
         * @description The names that people go by, their codes, and nothing else about them. 404 when the link does not work, whatever the reason. Browsers get a page with a button for each person. Has an ETag: an app that asks again and again sends it as `If-None-Match`, and gets 304 while nothing changes.
         *
         *     Open to anyone.
         */
        get: operations["showDoor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/door/{token}/check-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check somebody in by their code at the door
         * @description Coming moves a `pending_validation` person to `pre_validated`. Answers with the list as it is now. Repeating it changes nothing.
         *
         *     Open to anyone.
         */
        post: operations["checkInAtDoor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/door/{token}/walk-ins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count somebody without a seat
         * @description Adds one to `walk_ins`, without a name. Answers with the list as it is now.
         *
         *     Open to anyone.
         */
        post: operations["countWalkIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/events/{id}/messages/recipients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count who would get a message
         * @description And say who would not, because they have no address that they confirmed.
         *
         *     Needs the permission `events.rsvps` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["countRecipients"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/events/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail those who answered or came
         * @description One email to each. Replies go to the event's contact. `count` must be the number of people who get it: 409 with `count_changed` if it is another one by now. The audit log records who sent it to which groups. Repeating it with the same id changes nothing.
         *
         *     Needs the permission `events.rsvps` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["sendMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/events/{id}/repeat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Repeat an event by a rule
         * @description The event becomes the first of a series of up to 60. Each of the others is an event of its own, with the same details and questions, and without answers. All take place at the same time by their own clock, also when clocks change. If the event is published, the others are too, and that needs `events.publish` as well.
         *
         *     Needs the permission `events.create` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["repeatEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/events/{id}/cover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Choose an event's cover from its photos
         * @description Makes a public copy. It goes when the photo is taken down or deleted, or its `consent` is taken back.
         *
         *     Needs the permission `events.edit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        put: operations["chooseCover"];
        /**
         * Upload an event's cover
         * @description Everybody sees it. The file is as for a photo of me. It replaces the cover before.
         *
         *     Needs the permission `events.edit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["uploadCover"];
        /**
         * Remove an event's cover
         * @description Without one, nothing changes.
         *
         *     Needs the permission `events.edit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        delete: operations["deleteCover"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/newsletters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the archive of newsletters
         * @description The latest first.
         *
         *     For signed-in people with the status active.
         */
        get: operations["listNewsletters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/newsletters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a newsletter
         * @description For signed-in people with the status active.
         */
        get: operations["getNewsletter"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/newsletters/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a newsletter in the browser
         * @description For whoever has the link in its email. A page for people, JSON for clients that ask for it. It holds nothing about the reader.
         *
         *     Needs the token of an emailed link, which the local mailbox shows.
         *
         *     Open to anyone.
         */
        get: operations["readNewsletter"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/newsletters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all newsletters
         * @description Newest first, including drafts.
         *
         *     Needs the permission `newsletters.view` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["listAllNewsletters"];
        put?: never;
        /**
         * Create a newsletter
         * @description A draft: nobody gets it before somebody sends it. One that is a link or an upload is for the archive alone, and is there from `published_at` on.
         *
         *     Needs the permission `newsletters.create` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["createNewsletter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/newsletters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a newsletter, also a draft
         * @description With what became of its emails.
         *
         *     Needs the permission `newsletters.view` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["getManagedNewsletter"];
        /**
         * Edit a newsletter
         * @description What is left out stays. Not once it was sent.
         *
         *     Needs the permission `newsletters.edit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        put: operations["editNewsletter"];
        post?: never;
        /**
         * Delete a newsletter
         * @description Also one that was sent: then it is gone from the archive, the link in its email leads nowhere, and its statistics are gone. Not while it is going out.
         *
         *     Needs the permission `newsletters.delete` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        delete: operations["deleteNewsletter"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/newsletters/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Upload the PDF of a newsletter
         * @description At most 50 MB, as the whole body or in a form. It replaces the file before.
         *
         *     Needs the permission `newsletters.edit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        put: operations["uploadNewsletter"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/newsletters/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See how a newsletter will look
         * @description The HTML and the text of its email as of now, without the links that each reader gets.
         *
         *     Needs the permission `newsletters.view` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["previewNewsletter"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/newsletters/{id}/recipients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count who would get a newsletter
         * @description And how many would not, and why.
         *
         *     Needs the permission `newsletters.view` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["countNewsletterRecipients"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/newsletters/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a newsletter to myself
         * @description Needs the permission `newsletters.edit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["testNewsletter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/newsletters/{id}/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a newsletter
         * @description To everybody who would get it at this moment. The first email leaves in five minutes; until then it can be stopped for everybody. `count` must be the number of people who get it: 409 with `count_changed` if it is another one by now. Sent again, it goes only to those whom it never reached.
         *
         *     Needs the permission `newsletters.send` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["sendNewsletter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/newsletters/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a newsletter
         * @description Nobody gets it beyond those whose email was already handed over to the email provider, and the answer says how many these are.
         *
         *     Needs the permission `newsletters.send` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["stopNewsletter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/financials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the financial reports
         * @description The latest year first.
         *
         *     For signed-in people with the status active.
         */
        get: operations["listReports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/financials/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a financial report
         * @description For signed-in people with the status active.
         */
        get: operations["getReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bylaws": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the bylaws and other rules
         * @description Also versions that are no longer in force. What takes effect last comes first.
         *
         *     For signed-in people with the status active.
         */
        get: operations["listBylaws"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bylaws/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the rules in force
         * @description For everybody, because applicants accept them: send their ids as `accepted_documents` to `POST /api/auth/register`.
         *
         *     Open to anyone.
         */
        get: operations["listCurrentBylaws"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bylaws/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a version of our rules
         * @description For signed-in people with the status active.
         */
        get: operations["getBylaws"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/members/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See which rules I accepted, and which ones wait for me
         * @description For signed-in people.
         */
        get: operations["listMyDocuments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/members/documents/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept versions of our rules
         * @description We keep which version I accepted, and when. Accepting one again changes nothing.
         *
         *     For signed-in people.
         */
        post: operations["acceptMyDocuments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/financials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all financial reports
         * @description The latest year first, with drafts.
         *
         *     Needs the permission `financials.view` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["listManagedReports"];
        put?: never;
        /**
         * Add a financial report
         * @description A link, or a PDF: then send the file next, and publish the report after that.
         *
         *     Needs the permission `financials.create` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["createReport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/financials/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a financial report, also a draft
         * @description Needs the permission `financials.view` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["getManagedReport"];
        /**
         * Edit or publish a financial report
         * @description Fields that are left out stay as they are. Making it a link deletes its file.
         *
         *     Needs the permission `financials.edit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        put: operations["editReport"];
        post?: never;
        /**
         * Delete a financial report
         * @description Its file goes with it, and links to it stop working.
         *
         *     Needs the permission `financials.delete` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        delete: operations["deleteReport"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/financials/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Upload the PDF of a financial report
         * @description A PDF of at most 50 MB, as the whole body or in the field `file` of a form. It replaces the file before.
         *
         *     Needs the permission `financials.edit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        put: operations["uploadReport"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/bylaws": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all versions of the bylaws and other rules
         * @description What takes effect last comes first, with drafts. `accepted_by` says how many people accepted each.
         *
         *     Needs the permission `bylaws.view` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["listManagedBylaws"];
        put?: never;
        /**
         * Add a version of the bylaws, the privacy notice or the code of conduct
         * @description A link, or a PDF: then send the file next, and publish the version after that. Of each kind, exactly one published version is in force (`current`).
         *
         *     Needs the permission `bylaws.create` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["createBylaws"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/bylaws/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a version, also a draft
         * @description Needs the permission `bylaws.view` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["getManagedBylaws"];
        /**
         * Edit a version, publish it, or put it in force
         * @description Fields that are left out stay as they are. `current: true` ends the version before. The version in force cannot become a draft. Once people have accepted a version, its file, address and name stay as they are.
         *
         *     Needs the permission `bylaws.edit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        put: operations["editBylaws"];
        post?: never;
        /**
         * Delete a version
         * @description Not the one in force, and none that people accepted.
         *
         *     Needs the permission `bylaws.delete` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        delete: operations["deleteBylaws"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/bylaws/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Upload the PDF of a version
         * @description A PDF of at most 50 MB, as the whole body or in the field `file` of a form. It replaces the file before, unless people have accepted that.
         *
         *     Needs the permission `bylaws.edit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        put: operations["uploadBylaws"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the plans on offer
         * @description Open to anyone.
         */
        get: operations["listPlans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all plans
         * @description In order of position, including inactive and archived plans.
         *
         *     Needs the permission `subscriptions.plans` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["listAllPlans"];
        put?: never;
        /**
         * Create a plan
         * @description The name must be unique among plans that are not archived. A plan that costs nothing makes a person a member as soon as they choose it, and they renew it in the same way.
         *
         *     Needs the permission `subscriptions.plans` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["createPlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/plans/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Edit a plan
         * @description Existing subscriptions keep their price. The billing cycle cannot change once somebody has subscribed, and an archived plan cannot change at all.
         *
         *     Needs the permission `subscriptions.plans` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        put: operations["editPlan"];
        post?: never;
        /**
         * Delete or archive a plan
         * @description If somebody has subscribed to the plan, this archives it instead. Its subscriptions continue, and nobody else can choose it.
         *
         *     Needs the permission `subscriptions.plans` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        delete: operations["deletePlan"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/members/subscription": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get my subscription
         * @description The running subscription, or the latest one; 404 `no_subscription` before the first. `renewal` is the checkout that I started for the time after it, as long as I can still pay it.
         *
         *     For signed-in people.
         */
        get: operations["getMySubscription"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/members/billing-portal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Manage my payments
         * @description Returns a link to Stripe, where I can change my card, see my receipts, or cancel a subscription that renews.
         *
         *     For signed-in people.
         */
        post: operations["openBillingPortal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/checkout/subscription": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pay dues
         * @description Returns the page to pay on. The same plan and amounts return the same session; other ones end it, unless it was paid. If your term does not renew, the next one begins when it ends; a plan that renews automatically can only be started once that term is over. A free term is in nobody's way: it ends when a plan that renews automatically is paid. A subscription that no longer makes you a member, because its dues are unpaid or it is paused, is ended first. If there is nothing to pay, the membership begins at once, `session_id` is null, and `checkout_url` leads to the page that people see after paying. Such a term does not renew by itself: the same request renews it in its last 14 days. With a donation and no dues, the donation is paid once, and the membership begins when it is paid.
         *
         *     For signed-in people with the status payment_pending, inactive, active.
         */
        post: operations["startSubscriptionCheckout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List subscriptions
         * @description With their members. Newest first by default.
         *
         *     Needs the permission `subscriptions.view` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["listSubscriptions"];
        put?: never;
        /**
         * Record a term that was not paid online
         * @description The person becomes or stays a member and gets a receipt. If a term is running, the new one extends it. If the person has an open checkout, we end it, so that they cannot pay twice.
         *
         *     Needs the permission `subscriptions.create` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["recordOfflineTerm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/subscriptions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a subscription
         * @description With its payments and their refunds.
         *
         *     Needs the permission `subscriptions.view` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["getSubscription"];
        /**
         * Edit a subscription's term, grace period or notes
         * @description Fields that are left out stay as they are. You can change the end of a running term only if it does not renew and the person has no open checkout. A longer grace period makes a lapsed member active again.
         *
         *     Needs the permission `subscriptions.edit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        put: operations["editSubscription"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/subscriptions/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get subscription statistics
         * @description How many subscriptions there are now; how many began, renewed and ended in a period; and the money that moved.
         *
         *     Needs the permission `subscriptions.stats` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["getSubscriptionStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/subscriptions/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export subscriptions
         * @description A CSV file (RFC 4180, UTF-8), newest first. Days and times are in the organization's time zone. The last day of a term belongs to the term. An apostrophe precedes text that a spreadsheet could take for a formula. The file streams page by page, and each page checks access again: if anything fails, the connection breaks and the file is incomplete. The audit log records the export and its filters. Takes the filters of the list.
         *
         *     Needs the permission `subscriptions.export` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         *
         *     Needs a fresh proof of identity: signing in, or `POST /api/auth/reauthenticate`, within the last 15 minutes. Otherwise 403 `reauthentication_required`.
         */
        get: operations["exportSubscriptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/subscriptions/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a subscription
         * @description By default, the membership lasts until the paid term ends, and until then `resume` can undo this. Otherwise it ends now. A past-due subscription or an unpaid checkout always ends now. If a term that you cancel now replaced one that is not over yet, the earlier term becomes active again. Cancel it too if the person wants to leave.
         *
         *     Needs the permission `subscriptions.cancel` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["cancelSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/subscriptions/{id}/refund": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record a refund of a cash or check payment
         * @description Records that you gave back all or part of the payment, or never received it. The term stays until you cancel it. Refund online payments at Stripe instead.
         *
         *     Needs the permission `subscriptions.cancel` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         *
         *     Needs a fresh proof of identity: signing in, or `POST /api/auth/reauthenticate`, within the last 15 minutes. Otherwise 403 `reauthentication_required`.
         */
        post: operations["refundOfflineTerm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/subscriptions/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a subscription
         * @description During the pause, we collect nothing, and the person stays a member. A term that does not renew keeps the days it has left. You cannot pause a subscription while a checkout for the next term is open.
         *
         *     Needs the permission `subscriptions.pause` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["pauseSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/subscriptions/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a subscription
         * @description Ends the pause, or, if `undo` is `cancellation`, lets the subscription go on after its term. If the term does not renew, the days of the pause are added to its end. If the subscription itself was paused at Stripe and its paid term is over, a new term begins and is paid in full today; if that fails, it stays paused (409 `not_resumed`).
         *
         *     Needs the permission `subscriptions.pause` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["resumeSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/subscriptions/{id}/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sync a subscription with Stripe
         * @description Makes the subscription, its payments and its member agree with Stripe, and returns what has changed.
         *
         *     Needs the permission `subscriptions.edit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["syncSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/donations/checkout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a donation
         * @description Returns the page to pay on, which expires after two hours. Signed in, it is a member's donation in the account's name. Otherwise it is a public one, even if a member has the address.
         *
         *     Open to anyone. An access token is optional, but an invalid one is refused.
         */
        post: operations["startDonationCheckout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/members/donations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See what I gave
         * @description Donations, and what was given on top of membership dues, newest first. Dues are not included.
         *
         *     For signed-in people.
         */
        get: operations["listMyDonations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/members/donations/statement/{year}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get my giving statement for a year
         * @description Every payment and refund of the year, with sums and receipt numbers. A refund counts in the year in which the money went back, so past statements do not change. There is a statement for every year from the first payment to this year. Send `Accept: text/html` to get a page to print, or `Accept: application/pdf` to get a PDF. The PDF cannot show every script, and says where it cannot. The page can.
         *
         *     For signed-in people.
         */
        get: operations["getMyGivingStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/donations/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See what was given
         * @description What came in and what was paid back in a period, without any names.
         *
         *     Needs the permission `donations.stats` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["getDonationStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/donations/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export donations
         * @description A CSV file (RFC 4180, UTF-8), newest first. Days and times are in the organization's time zone. The last day of a term belongs to the term. An apostrophe precedes text that a spreadsheet could take for a formula. The file streams page by page, and each page checks access again: if anything fails, the connection breaks and the file is incomplete. The audit log records the export and its filters. The filters are those of the list. Only holders of `donations.view` see an anonymous donor. For others, a search leaves out anonymous donations.
         *
         *     Needs the permission `donations.export` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         *
         *     Needs a fresh proof of identity: signing in, or `POST /api/auth/reauthenticate`, within the last 15 minutes. Otherwise 403 `reauthentication_required`.
         */
        get: operations["exportDonations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/donations/statement/{year}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a person's giving statement for a year
         * @description Every payment and refund of the year, with sums and receipt numbers. A refund counts in the year in which the money went back, so past statements do not change. There is a statement for every year from the first payment to this year. Send `Accept: text/html` to get a page to print, or `Accept: application/pdf` to get a PDF. The PDF cannot show every script, and says where it cannot. The page can. Only holders of `users.view_sensitive` get the legal name of somebody who wants it on documents. The audit log records who read it.
         *
         *     Needs the permission `donations.view` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["getMemberGivingStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/donations/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the giving statement of a donor without an account
         * @description Every payment and refund of the year, with sums and receipt numbers. A refund counts in the year in which the money went back, so past statements do not change. There is a statement for every year from the first payment to this year. Send `Accept: text/html` to get a page to print, or `Accept: application/pdf` to get a PDF. The PDF cannot show every script, and says where it cannot. The page can. It covers only donations that were made without an account and name this address: 404 for other years. The audit log records who read it.
         *
         *     Needs the permission `donations.view` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["getDonorGivingStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/donations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List donations
         * @description Newest first unless sorted otherwise. Anonymous donors are shown, with `anonymous: true`.
         *
         *     Needs the permission `donations.view` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["listDonations"];
        put?: never;
        /**
         * Record a donation in cash or by check
         * @description Mails a receipt unless `send_receipt` is false. Sent again with the same `id`, it is recorded once. Only holders of `donations.view` see an anonymous donor.
         *
         *     Needs the permission `donations.create` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["recordOfflineDonation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/donations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See a donation
         * @description With its refunds and disputes, and the mails with its receipt.
         *
         *     Needs the permission `donations.view` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["getDonation"];
        /**
         * Change a donation's donor and notes
         * @description Amount and status follow from the money and cannot be changed. A member's name and address come from their account: send them back unchanged, or the answer is 409. Only holders of `donations.view` see an anonymous donor. Others get 403 for an anonymous donation.
         *
         *     Needs the permission `donations.edit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        put: operations["editDonation"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/donations/{id}/refund": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refund a donation
         * @description Refunds all that is left, or a part, through Stripe, and tells the donor. For cash or a check it records that the money was handed back. After a 503, send the same `id` again to continue the same refund. After 409 `refund_failed`, use a new `id`. One refund at a time. Only holders of `donations.view` see an anonymous donor.
         *
         *     Needs the permission `donations.refund` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         *
         *     Needs a fresh proof of identity: signing in, or `POST /api/auth/reauthenticate`, within the last 15 minutes. Otherwise 403 `reauthentication_required`.
         */
        post: operations["refundDonation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/donations/{id}/resend-receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a donation's receipt again
         * @description Up to 20 times. Only holders of `donations.view` see an anonymous donor.
         *
         *     Needs the permission `donations.edit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["resendDonationReceipt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/ledger/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export every movement of money
         * @description A CSV file (RFC 4180, UTF-8), newest first. Days and times are in the organization's time zone. The last day of a term belongs to the term. An apostrophe precedes text that a spreadsheet could take for a formula. The file streams page by page, and each page checks access again: if anything fails, the connection breaks and the file is incomplete. The audit log records the export and its filters. Payments, refunds, disputes, and money that came back from refunds and disputes, each on its own day. Dues and donations have lines of their own, even if they were paid together. Money that left is negative. Lines of `fee` are what Stripe kept: they add up to `fees_cents` in the figures of the same period, and all other lines to `net`. The fee for a payment of dues is `dues`, even with a donation on top. `donations.export` opens donations, including those on top of dues. `subscriptions.export` opens dues. Only holders of `donations.view` see anonymous donors.
         *
         *     Needs the permission `donations.export` or `subscriptions.export` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         *
         *     Needs a fresh proof of identity: signing in, or `POST /api/auth/reauthenticate`, within the last 15 minutes. Otherwise 403 `reauthentication_required`.
         */
        get: operations["exportLedger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/checkout/paid": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The page that Stripe returns people to after they paid
         * @description Used if there is no frontend. A page for browsers, JSON for other clients.
         *
         *     Open to anyone.
         */
        get: operations["getPaidPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/checkout/cancelled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The page that Stripe returns people to if they did not pay
         * @description Used if there is no frontend. A page for browsers, JSON for other clients.
         *
         *     Open to anyone.
         */
        get: operations["getCancelledPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/checkout/managed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The page that Stripe returns people to from the billing portal
         * @description Used if there is no frontend. A page for browsers, JSON for other clients.
         *
         *     Open to anyone.
         */
        get: operations["getManagedPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/stripe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive an event from Stripe
         * @description Stripe signs its events. They may come in any order and more than once.
         *
         *     Open to anyone.
         */
        post: operations["receiveStripeEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/webhook-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the events that Stripe sent
         * @description Newest first, each with its outcome. A `parked` event needs a person, and `reason` says why. We keep ids and types only, not what an event contains.
         *
         *     Needs the permission `settings.audit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["listWebhookEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/webhook-events/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Apply one of Stripe's events again
         * @description Fetches the event from Stripe, even one that never reached us, and brings our records in line with what Stripe says now. Stripe keeps events for 30 days.
         *
         *     Needs the permission `settings.audit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["replayWebhookEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/webhook-events/{id}/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Dismiss a parked event
         * @description For a parked event that needs nothing more: it becomes `ignored` and keeps its reason. An event that is not parked stays as it is.
         *
         *     Needs the permission `settings.audit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["dismissWebhookEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive what the mail provider says became of emails
         * @description Delivered, bounced, or reported as spam; anything else is ignored. The provider signs it. It may come in any order and more than once.
         *
         *     Open to anyone.
         */
        post: operations["receiveMailFeedback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/outbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the emails that we sent or will send
         * @description Newest first, without what they say. We delete emails after 90 days.
         *
         *     Needs the permission `settings.email` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["listOutbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/outbox/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See how sending goes
         * @description What was sent, arrived, bounced or was reported as spam in the last days, and what is waiting.
         *
         *     Needs the permission `settings.email` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["getMailHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/outbox/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send an email after all
         * @description For one that failed or was withheld. If its address is still suppressed, or the person unsubscribed, it is withheld again. 409 for one that is waiting anyway.
         *
         *     Needs the permission `settings.email` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["retryMail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/unsubscribe/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open the link that stops emails of a kind
         * @description The page that the link in an email opens. Only its button changes anything.
         *
         *     Open to anyone.
         */
        get: operations["openUnsubscribeLink"];
        put?: never;
        /**
         * Stop emails of a kind
         * @description Mail programs send this when somebody uses their own button (RFC 8058), so any body is accepted and ignored. The link keeps working. Mails about the account are never stopped.
         *
         *     Open to anyone.
         */
        post: operations["unsubscribe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/unsubscribe/{token}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get emails of a kind again
         * @description Open to anyone.
         */
        post: operations["resubscribe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List job runs
         * @description Latest first. Runs are kept for 90 days. Mail is delivered often, so its runs are listed only if they sent something or failed.
         *
         *     Needs the permission `settings.audit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["listJobRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/reminders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List reminders
         * @description What was decided, latest first: what went out, and why something did not. With `user_id`, `next` shows what comes in the next 90 days.
         *
         *     Needs the permission `settings.email` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["listReminders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/reminders/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Preview reminders
         * @description What will be due in the next days, if nothing changes.
         *
         *     Needs the permission `settings.email` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["previewReminders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/email-templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the emails that the platform sends
         * @description Needs the permission `settings.email` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["listEmailTemplates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/email-templates/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the words of an email, with a preview
         * @description Needs the permission `settings.email` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["getEmailTemplate"];
        /**
         * Change the words of an email
         * @description Texts that are left out stay as they are; null takes the original back. A new text keeps the placeholders that carry facts. Emails that are waiting go out with the new words. If a subject holds a sensitive word while emails are discreet, a neutral subject is used instead, as the preview shows.
         *
         *     Needs the permission `settings.email` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        put: operations["editEmailTemplate"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/email-templates/{key}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send an email to myself, with sample data
         * @description Needs the permission `settings.email` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["sendTestEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the organization's settings
         * @description Needs the permission `settings.view` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["getSettings"];
        /**
         * Change the organization's settings
         * @description Settings that are left out stay as they are. The audit log records each value before and after.
         *
         *     Needs the permission `settings.edit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        put: operations["editSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/settings/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo a change of the settings
         * @description Gives the settings that a change in the audit log names the values from before that change, whatever they are now. That is a change too, so it can be undone as well.
         *
         *     Needs the permission `settings.edit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["undoSettings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/settings/logo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload the organization's logo
         * @description A JPEG, PNG, WebP or HEIC image of at most 5 MB, best with a transparent ground, in the field `file` of a form or as the whole body. We keep it with at most 600 × 160 pixels. Emails, pages and statements show it from the next one on.
         *
         *     Needs the permission `settings.edit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["uploadLogo"];
        /**
         * Remove the organization's logo
         * @description Without one, nothing changes. The name takes its place.
         *
         *     Needs the permission `settings.edit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        delete: operations["deleteLogo"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/dashboard/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See what waits, and how the organization stands
         * @description Every count comes with the list that shows exactly what was counted, and every sum with the export of its movements. A block is absent if you may not open what is behind it. Money needs `subscriptions.stats` or `donations.stats`. Volunteers who may not see people find their open work in `GET /api/navigation`, and sums at `subscriptions/stats` and `donations/stats`. Days and months are those of the organization's time zone.
         *
         *     Needs the permission `users.view` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["getDashboard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/navigation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get my admin menu
         * @description Only what your roles let you open. The menu is empty if you have no role.
         *
         *     For signed-in people.
         */
        get: operations["getNavigation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/branding": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See how the organization appears, and what its forms must know
         * @description Frontends take names, colors, logos and limits from here. Caches keep it for a minute.
         *
         *     Open to anyone.
         */
        get: operations["getBranding"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who did what to whom
         * @description Newest first. Filter by actor, subject, action, time or request. The database itself writes the log, and nobody can change it through this API.
         *
         *     Needs the permission `settings.audit` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["listAuditEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/photos/{pass}/{variant}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See a private photo
         * @description The link comes from another answer, such as `profile_photo_url`. It works for one to two hours, for whoever has it. Supports Range and If-None-Match.
         *
         *     Open to anyone.
         */
        get: operations["getPhoto"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/{pass}/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a document
         * @description The link comes from another answer, such as `url`. It works for one to two hours, for whoever has it. Supports Range and If-None-Match.
         *
         *     Open to anyone.
         */
        get: operations["getDocument"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staged-uploads/{pass}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a large upload while it is being processed
         * @description For Cloudflare Images alone: no answer contains this link, and the upload is deleted as soon as it is processed.
         *
         *     Open to anyone.
         */
        get: operations["getStagedUpload"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/{kind}/{name}/{variant}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See a public image
         * @description The link comes from another answer. If R2_PUBLIC_URL is set, links lead there instead.
         *
         *     Open to anyone.
         */
        get: operations["getPublicFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/storage/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See how much room files take
         * @description By kind of file, with the limit and the thresholds at which somebody should look into it.
         *
         *     Needs the permission `settings.storage` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        get: operations["getStorageUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/storage/recalculate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add up again how much room files take
         * @description Adds up the sizes of all files, and begins to compare them with what is stored, as happens once a day by itself: sizes are corrected, and what has belonged to no file for 30 days is deleted. That goes on after the answer; `comparing` says whether it still does.
         *
         *     Needs the permission `settings.storage` and one of the statuses pending_validation, pre_validated, payment_pending, active.
         */
        post: operations["recalculateStorage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        ProfileChange: {
            /** @example Alex */
            first_name?: string;
            /** @example Example */
            last_name?: string | null;
            legal_name?: string | null;
            /**
             * @description Which name receipts and statements carry: the one everybody sees, or `legal_name`
             * @enum {string}
             */
            name_on_documents?: "shown" | "legal";
            pronouns?: string | null;
            phone?: string | null;
            address?: string | null;
            birthday?: (string & (unknown & unknown)) | null;
            bio?: string | null;
            partner_first_name?: string | null;
            partner_last_name?: string | null;
            partner_is_member?: boolean;
            /**
             * @description The language of emails to the person
             * @enum {string}
             */
            language?: "en" | "es";
            time_zone?: string | null;
            /**
             * @description Whether photos of events may show the person: to nobody, to members, or to everybody
             * @enum {string}
             */
            photo_preference?: "none" | "members" | "public";
            /** @description Whether I want newsletters. The first yes is the one that counts */
            newsletter_consent?: boolean;
            wants_event_news?: boolean;
            wants_reminders?: boolean;
        };
        PrivacyChange: {
            /** @description Whether members find me in the directory, by the name everybody sees */
            in_directory?: boolean;
            /**
             * @description `members`: the directory and volunteers. `admins`: volunteers, who always see it
             * @enum {string}
             */
            email_audience?: "members" | "admins";
            /**
             * @description `members`: the directory and volunteers. `admins`: volunteers. `nobody`: only `users.view_sensitive`
             * @enum {string}
             */
            phone_audience?: "members" | "admins" | "nobody";
            /**
             * @description `members`: the directory and volunteers. `admins`: volunteers. `nobody`: only `users.view_sensitive`
             * @enum {string}
             */
            address_audience?: "members" | "admins" | "nobody";
            /**
             * @description `members`: the directory and volunteers. `admins`: volunteers. `nobody`: only `users.view_sensitive`
             * @enum {string}
             */
            birthday_audience?: "members" | "admins" | "nobody";
            /**
             * @description `members`: the directory and volunteers. `admins`: volunteers. `nobody`: only `users.view_sensitive`
             * @enum {string}
             */
            partner_audience?: "members" | "admins" | "nobody";
            /**
             * @description `members`: the directory and volunteers. `admins`: volunteers. `nobody`: only `users.view_sensitive`
             * @enum {string}
             */
            bio_audience?: "members" | "admins" | "nobody";
            /**
             * @description `members`: the directory and volunteers. `admins`: volunteers. `nobody`: only `users.view_sensitive`
             * @enum {string}
             */
            photo_audience?: "members" | "admins" | "nobody";
        };
        UserChange: {
            /** @example Alex */
            first_name?: string;
            /** @example Example */
            last_name?: string | null;
            legal_name?: string | null;
            /**
             * @description Which name receipts and statements carry: the one everybody sees, or `legal_name`
             * @enum {string}
             */
            name_on_documents?: "shown" | "legal";
            pronouns?: string | null;
            phone?: string | null;
            address?: string | null;
            birthday?: (string & (unknown & unknown)) | null;
            bio?: string | null;
            partner_first_name?: string | null;
            partner_last_name?: string | null;
            partner_is_member?: boolean;
            /**
             * @description The language of emails to the person
             * @enum {string}
             */
            language?: "en" | "es";
            time_zone?: string | null;
            /**
             * @description Whether photos of events may show the person: to nobody, to members, or to everybody
             * @enum {string}
             */
            photo_preference?: "none" | "members" | "public";
            /** @example robin@example.org */
            email?: string | null;
            /** @description Who told them about the organization */
            referred_by?: string | null;
            /**
             * Format: date-time
             * @description The person's `updated_at` as you read it. If somebody has changed the person since, the answer is 409 `changed_meanwhile`
             * @example 2027-03-01T18:30:00.000Z
             */
            updated_at?: string;
        };
        /** @enum {string} */
        UserStatus: "pending_email" | "pending_validation" | "pre_validated" | "payment_pending" | "active" | "rejected" | "inactive";
        /** @enum {string} */
        UserRole: "guest" | "member" | "admin" | "finance" | "superadmin";
        NewUser: {
            /** @example Alex */
            first_name: string;
            /** @example Example */
            last_name?: string | null;
            legal_name?: string | null;
            /**
             * @description Which name receipts and statements carry: the one everybody sees, or `legal_name`
             * @enum {string}
             */
            name_on_documents?: "shown" | "legal";
            pronouns?: string | null;
            phone?: string | null;
            address?: string | null;
            birthday?: (string & (unknown & unknown)) | null;
            bio?: string | null;
            partner_first_name?: string | null;
            partner_last_name?: string | null;
            partner_is_member?: boolean;
            /**
             * @description The language of emails to the person
             * @enum {string}
             */
            language?: "en" | "es";
            time_zone?: string | null;
            /**
             * @description Whether photos of events may show the person: to nobody, to members, or to everybody
             * @enum {string}
             */
            photo_preference?: "none" | "members" | "public";
            /**
             * @description Proves nothing until its owner opens the account
             * @example robin@example.org
             */
            email?: string | null;
            /** @description Who told them about the organization */
            referred_by?: string | null;
            /**
             * @default pending_validation
             * @enum {string}
             */
            status?: "pending_validation" | "pre_validated";
            /**
             * @description Whether to email a link that confirms the address and opens the account. No other email is sent
             * @default false
             */
            send_activation?: boolean;
        };
        /**
         * @example {
         *       "ids": [
         *         "4565a9c0-db5b-4a2a-a456-1f2e498cbd2a"
         *       ]
         *     }
         */
        ManyToApprove: {
            /** @description The people to decide on. Or send `filter` and `count` */
            ids?: string[];
            /** @description Everybody in the list with these filters */
            filter?: {
                status?: components["schemas"]["UserStatus"];
                role?: components["schemas"]["UserRole"];
                /** @description Part of a name or email address */
                search?: string;
                /**
                 * @description From this day or instant on
                 * @example 2027-03-01
                 */
                joined_from?: string;
                /**
                 * @description Up to and including this day, or before this instant
                 * @example 2027-03-01
                 */
                joined_to?: string;
                /**
                 * @description From this day or instant on
                 * @example 2027-03-01
                 */
                updated_from?: string;
                /**
                 * @description Up to and including this day, or before this instant
                 * @example 2027-03-01
                 */
                updated_to?: string;
                /**
                 * Format: uuid
                 * @description People whose running subscription has this plan
                 */
                plan?: string;
                /** @example speaks spanish */
                tag?: string;
                /**
                 * @description Whether everything about them will be erased soon
                 * @enum {string}
                 */
                erasing?: "true" | "false";
                /** @description People whose application this volunteer is looking after: `me`, `nobody`, or an id */
                taken_on_by?: ("me" | "nobody") | string;
            };
            /** @description The list's `total` with this filter, as you saw it. If it has changed: 409 `count_changed` */
            count?: number;
        };
        /**
         * @example {
         *       "ids": [
         *         "4565a9c0-db5b-4a2a-a456-1f2e498cbd2a"
         *       ],
         *       "reason": "We could not reach you to say hello."
         *     }
         */
        ManyToReject: {
            /** @description The people to decide on. Or send `filter` and `count` */
            ids?: string[];
            /** @description Everybody in the list with these filters */
            filter?: {
                status?: components["schemas"]["UserStatus"];
                role?: components["schemas"]["UserRole"];
                /** @description Part of a name or email address */
                search?: string;
                /**
                 * @description From this day or instant on
                 * @example 2027-03-01
                 */
                joined_from?: string;
                /**
                 * @description Up to and including this day, or before this instant
                 * @example 2027-03-01
                 */
                joined_to?: string;
                /**
                 * @description From this day or instant on
                 * @example 2027-03-01
                 */
                updated_from?: string;
                /**
                 * @description Up to and including this day, or before this instant
                 * @example 2027-03-01
                 */
                updated_to?: string;
                /**
                 * Format: uuid
                 * @description People whose running subscription has this plan
                 */
                plan?: string;
                /** @example speaks spanish */
                tag?: string;
                /**
                 * @description Whether everything about them will be erased soon
                 * @enum {string}
                 */
                erasing?: "true" | "false";
                /** @description People whose application this volunteer is looking after: `me`, `nobody`, or an id */
                taken_on_by?: ("me" | "nobody") | string;
            };
            /** @description The list's `total` with this filter, as you saw it. If it has changed: 409 `count_changed` */
            count?: number;
            /** @example We could not reach you to say hello. */
            reason: string;
        };
        VouchingRequest: {
            /**
             * Format: uuid
             * @description The active member whom the applicant's `referred_by` means
             */
            member_id: string;
        };
        VouchingAnswer: {
            /** @enum {string} */
            answer: "yes" | "no";
        };
        /** @enum {string} */
        InvitationStatus: "pending" | "accepted" | "expired" | "revoked";
        NewInvitation: {
            /**
             * Format: email
             * @example alex@example.org
             */
            email: string;
            /** @description A role for the person. You must hold all of its permissions */
            role_id?: string | null;
            /**
             * @description A personal message. The email does not name you, so sign the message if you like
             * @example We would love to have you on the events team. Robin
             */
            message?: string | null;
        };
        Acceptance: {
            token: string;
            /** @example Alex */
            first_name: string;
            /** @example Example */
            last_name?: string | null;
            /** @example a long enough passphrase */
            password: string;
            /** @description The ids of the rules in force that they accept */
            accepted_documents?: string[];
        };
        HandOver: {
            /** @description Who looks after their applications from now on: somebody with `users.approve`. Null: the applications are free again */
            to: string | null;
        };
        NoteText: {
            /** @example Would like to help at the picnic. */
            body: string;
            /**
             * @description Whether only holders of `users.view_sensitive` see it. Only they can set it
             * @default false
             */
            sensitive?: boolean;
        };
        /** @description Case and spaces at the ends do not matter */
        Tags: {
            tags: string[];
        };
        NewRole: {
            /** @example greeter */
            code: string;
            /** @example Greeter */
            name: string;
            /** @example Welcomes people at events */
            description: string;
            /**
             * @example [
             *       "events.view",
             *       "events.attendance"
             *     ]
             */
            permissions: components["schemas"]["PermissionCode"][];
            /** @default false */
            second_factor_required?: boolean;
        };
        /** @enum {string} */
        PermissionCode: "users.view" | "users.view_sensitive" | "users.create" | "users.edit" | "users.delete" | "users.approve" | "users.reject" | "users.change_status" | "users.export" | "users.import" | "users.invite" | "events.view" | "events.create" | "events.edit" | "events.delete" | "events.publish" | "events.rsvps" | "events.attendance" | "events.export" | "subscriptions.view" | "subscriptions.stats" | "subscriptions.export" | "subscriptions.create" | "subscriptions.edit" | "subscriptions.cancel" | "subscriptions.pause" | "subscriptions.plans" | "donations.view" | "donations.stats" | "donations.export" | "donations.create" | "donations.edit" | "donations.refund" | "gallery.view" | "gallery.upload" | "gallery.edit" | "gallery.delete" | "newsletters.view" | "newsletters.create" | "newsletters.edit" | "newsletters.delete" | "newsletters.send" | "financials.view" | "financials.create" | "financials.edit" | "financials.delete" | "bylaws.view" | "bylaws.create" | "bylaws.edit" | "bylaws.delete" | "settings.view" | "settings.edit" | "settings.email" | "settings.storage" | "settings.audit" | "permissions.view" | "permissions.manage_roles" | "permissions.delete_roles" | "permissions.assign";
        RoleDetails: {
            /** @example Greeter */
            name: string;
            /** @example Welcomes people at events */
            description: string;
            second_factor_required: boolean;
        };
        RolePermissions: {
            /**
             * @example [
             *       "events.view",
             *       "events.attendance"
             *     ]
             */
            permissions: components["schemas"]["PermissionCode"][];
        };
        RoleAssignment: {
            role_ids: string[];
        };
        RsvpInput: {
            /** @enum {string} */
            rsvp_status: "yes" | "no" | "maybe";
            /**
             * @description How many people I bring, if I say yes
             * @default 0
             */
            guests?: number;
            /** @description My answers to the event's questions. What is left out stays as it is */
            answers?: {
                /** Format: uuid */
                question_id: string;
                answer: string;
            }[];
            /** @description Whether active members may see my name among those who come, until the event is over. Left out, it stays as it is: at first, nobody sees it */
            show_name?: boolean;
        };
        NewEvent: {
            title: string;
            description?: string | null;
            location: string;
            /** @example https://meet.example.org/picnic */
            online_url?: string | null;
            /**
             * @description Who sees the location and the online address: everybody, active members, or those who have a seat
             * @enum {string}
             */
            place_audience?: "everybody" | "members" | "accepted";
            tags?: string[];
            /**
             * @description A day means its beginning
             * @example 2027-03-01
             */
            start_at: string;
            /**
             * @description A day means its end
             * @example 2027-03-01
             */
            end_at: string;
            /** @description Where it takes place. Null: the organization's */
            time_zone?: string | null;
            /** @description Number of seats, or null if unlimited */
            capacity?: number | null;
            /** @description How many guests a person may bring. Each takes a seat */
            guests_limit?: number;
            waiting_list?: boolean;
            /** @description How many people may wait, or null if unlimited */
            waiting_list_limit?: number | null;
            /** @description How many hours before the start the waiting list stops moving up by itself */
            promote_until_hours?: number;
            answers_open_at?: string | null;
            /** @description A day means its end */
            answers_close_at?: string | null;
            /** @description People with these statuses may answer */
            welcome_statuses?: components["schemas"]["UserStatus"][];
            contact_email?: string | null;
            /** @description Needs `events.publish` where it changes something */
            published?: boolean;
        };
        EventChange: {
            title?: string;
            description?: string | null;
            location?: string;
            /** @example https://meet.example.org/picnic */
            online_url?: string | null;
            /**
             * @description Who sees the location and the online address: everybody, active members, or those who have a seat
             * @enum {string}
             */
            place_audience?: "everybody" | "members" | "accepted";
            tags?: string[];
            /**
             * @description A day means its beginning
             * @example 2027-03-01
             */
            start_at?: string;
            /**
             * @description A day means its end
             * @example 2027-03-01
             */
            end_at?: string;
            /** @description Where it takes place. Null: the organization's */
            time_zone?: string | null;
            /** @description Number of seats, or null if unlimited */
            capacity?: number | null;
            /** @description How many guests a person may bring. Each takes a seat */
            guests_limit?: number;
            waiting_list?: boolean;
            /** @description How many people may wait, or null if unlimited */
            waiting_list_limit?: number | null;
            /** @description How many hours before the start the waiting list stops moving up by itself */
            promote_until_hours?: number;
            answers_open_at?: string | null;
            /** @description A day means its end */
            answers_close_at?: string | null;
            /** @description People with these statuses may answer */
            welcome_statuses?: components["schemas"]["UserStatus"][];
            contact_email?: string | null;
            /** @description Needs `events.publish` where it changes something */
            published?: boolean;
        };
        EventStatusChange: {
            /** @enum {string} */
            status: "draft" | "published" | "cancelled";
        };
        Duplication: {
            /**
             * @description When the copy starts. It lasts as long as the original
             * @example 2027-03-01
             */
            start_at: string;
        };
        QuestionsInput: {
            /** @description All questions, in order */
            questions: {
                /**
                 * Format: uuid
                 * @description Of a question that there is already. Its answers stay
                 */
                id?: string;
                question: string;
                /** @description What the answer is for, so that people know before they give it */
                purpose: string;
                /** @enum {string} */
                kind: "text" | "choice" | "yes_no";
                /** @default [] */
                choices?: string[];
                /** @default false */
                required?: boolean;
            }[];
        };
        /** @enum {string} */
        RsvpStatus: "yes" | "no" | "maybe" | "waitlisted";
        NewRsvp: {
            /** Format: uuid */
            user_id: string;
            /**
             * @default yes
             * @enum {string}
             */
            rsvp_status?: "yes" | "maybe";
            /** @default 0 */
            guests?: number;
        };
        AttendanceInput: {
            attendees: {
                /** Format: uuid */
                user_id: string;
                attended: boolean;
            }[];
        };
        CheckInInput: {
            /** @example 4F09A1C3 */
            code: string;
            /**
             * @description `false` undoes it
             * @default true
             */
            attended?: boolean;
        };
        PhotoChange: {
            caption?: string | null;
            /**
             * @description `public`: whoever is not signed in sees it too, if `consent` is true and the event is published
             * @enum {string}
             */
            visibility?: "members" | "public";
            /** @description Whether those who are in the picture agreed to be shown */
            consent?: boolean;
            position?: number | null;
            /**
             * @description Shows a photo that a member offered. To turn it down, delete it
             * @constant
             */
            accepted?: true;
        };
        PhotoTurn: {
            /** @description Degrees */
            clockwise: 90 | 180 | 270;
        };
        PhotoOrder: {
            ids: string[];
        };
        NewDoorLink: {
            /** @description Whom it is for, so that you know which one to revoke */
            label: string;
        };
        DoorCheckIn: {
            /** @example 4F09A1C3 */
            code: string;
            /** @description `false` undoes it */
            attended?: boolean;
        };
        NewMessage: {
            /**
             * Format: uuid
             * @description Make up a new one for each message. A message with the same id is sent once, however often it comes
             */
            id: string;
            /** @description People who answered `yes` or `maybe`, those `waiting` for a seat, those marked as `present`, and those `absent` although they have a seat. Nobody gets it twice */
            to: ("yes" | "maybe" | "waiting" | "present" | "absent")[];
            /** @description Others may see it on a locked screen, so it must not say who people are, or what the event is about */
            subject: string;
            /** @description Plain text. Each line becomes a paragraph */
            body: string;
            /** @description How many people get it, as you saw before */
            count: number;
        };
        Repetition: {
            /**
             * @description RFC 5545: FREQ=DAILY, WEEKLY, MONTHLY or YEARLY, with COUNT or UNTIL, and with INTERVAL, BYDAY, BYMONTHDAY, BYSETPOS or WKST. COUNT includes the event itself
             * @example FREQ=WEEKLY;BYDAY=TU;COUNT=10
             */
            rrule: string;
        };
        CoverChoice: {
            /**
             * Format: uuid
             * @description A photo of this event, of people who agreed to be shown
             */
            photo_id: string;
        };
        /** @enum {string} */
        NewsletterSendStatus: "draft" | "scheduled" | "sending" | "stopped" | "sent";
        NewNewsletter: {
            /** @example What happened in spring */
            title: string;
            description?: string | null;
            /** @description Null: it is written here. Only such a newsletter can be sent. The others are for the archive */
            document_type?: ("link" | "upload") | null;
            /**
             * @description Where it is. Only for a `link`, which needs it
             * @example https://example.org/spring.pdf
             */
            document_location?: string | null;
            /** @description Of its email. Null: the title. Others may see it on a locked screen, so it must not say who people are */
            subject?: string | null;
            /** @description Markdown. HTML in it shows as text, and images as links. Links begin with https://, http:// or mailto: */
            body?: string | null;
            /** @description Whether it lists up to 10 events that are coming up when it goes out. It says only what everybody may know */
            shows_events?: boolean;
            /** @description People with these statuses get it, if they want newsletters */
            recipient_statuses?: components["schemas"]["UserStatus"][];
            /** @description Only people with this tag get it. Null: all of them */
            recipient_tag?: string | null;
            /** @description From when it is in the archive; a day means its beginning. Null: not before it is sent */
            published_at?: string | null;
        };
        NewsletterChange: {
            /** @example What happened in spring */
            title?: string;
            description?: string | null;
            /** @description Null: it is written here. Only such a newsletter can be sent. The others are for the archive */
            document_type?: ("link" | "upload") | null;
            /**
             * @description Where it is. Only for a `link`, which needs it
             * @example https://example.org/spring.pdf
             */
            document_location?: string | null;
            /** @description Of its email. Null: the title. Others may see it on a locked screen, so it must not say who people are */
            subject?: string | null;
            /** @description Markdown. HTML in it shows as text, and images as links. Links begin with https://, http:// or mailto: */
            body?: string | null;
            /** @description Whether it lists up to 10 events that are coming up when it goes out. It says only what everybody may know */
            shows_events?: boolean;
            /** @description People with these statuses get it, if they want newsletters */
            recipient_statuses?: components["schemas"]["UserStatus"][];
            /** @description Only people with this tag get it. Null: all of them */
            recipient_tag?: string | null;
            /** @description From when it is in the archive; a day means its beginning. Null: not before it is sent */
            published_at?: string | null;
        };
        SendNewsletter: {
            /** @description How many people get it, as you saw before */
            count: number;
        };
        /** @enum {string} */
        DocumentKind: "bylaws" | "privacy_notice" | "code_of_conduct";
        DocumentsAccepted: {
            /** @description Current versions: what `asked` lists, or others */
            document_ids: string[];
        };
        NewReport: {
            title: string;
            /**
             * @description `link`: `document_location` says where it is. `upload`: send the PDF to `PUT …/{id}/file`
             * @enum {string}
             */
            document_type: "link" | "upload";
            /**
             * @description The address of a link. Null for an upload
             * @example https://www.example.org/report.pdf
             */
            document_location?: string | null;
            /** @default false */
            published?: boolean;
            year: number;
        };
        ReportChange: {
            title?: string;
            /**
             * @description `link`: `document_location` says where it is. `upload`: send the PDF to `PUT …/{id}/file`
             * @enum {string}
             */
            document_type?: "link" | "upload";
            /**
             * @description The address of a link. Null for an upload
             * @example https://www.example.org/report.pdf
             */
            document_location?: string | null;
            /** @description Whether members see it. An upload needs its file first */
            published?: boolean;
            year?: number;
        };
        NewBylaws: {
            title: string;
            /**
             * @description `link`: `document_location` says where it is. `upload`: send the PDF to `PUT …/{id}/file`
             * @enum {string}
             */
            document_type: "link" | "upload";
            /**
             * @description The address of a link. Null for an upload
             * @example https://www.example.org/report.pdf
             */
            document_location?: string | null;
            /** @default false */
            published?: boolean;
            /** @example 2027-1 */
            version: string;
            /** @example 2027-01-01 */
            effective_on: string & (unknown & unknown);
            /**
             * @description Puts this version in force, in place of the one before. The first one that is published is in force too
             * @default false
             */
            current?: boolean;
            /**
             * @description Whether people who did not accept this version are asked to, while it is in force
             * @default false
             */
            asks_again?: boolean;
            /** @default bylaws */
            kind?: components["schemas"]["DocumentKind"];
        };
        BylawsChange: {
            title?: string;
            /**
             * @description `link`: `document_location` says where it is. `upload`: send the PDF to `PUT …/{id}/file`
             * @enum {string}
             */
            document_type?: "link" | "upload";
            /**
             * @description The address of a link. Null for an upload
             * @example https://www.example.org/report.pdf
             */
            document_location?: string | null;
            /** @description Whether members see it. An upload needs its file first */
            published?: boolean;
            /** @example 2027-1 */
            version?: string;
            /** @example 2027-01-01 */
            effective_on?: string & (unknown & unknown);
            /** @description Puts this version in force, in place of the one before. The first one that is published is in force too */
            current?: boolean;
            /** @description Whether people who did not accept this version are asked to, while it is in force */
            asks_again?: boolean;
        };
        NewPlan: {
            /** @example Yearly membership */
            name: string;
            /**
             * @default
             * @example For most of us.
             */
            description?: string;
            /**
             * @description 0, or at least what Stripe charges in the currency (50 cents for `usd`).
             * @example 2500
             */
            price_cents: number;
            /**
             * @description The least that a member can choose to pay. Without it, the price is fixed. 0, or at least what Stripe charges in the currency (50 cents for `usd`).
             * @example 2500
             */
            minimum_price_cents?: number;
            /**
             * @description 0, or at least what Stripe charges in the currency (50 cents for `usd`).
             * @default null
             */
            suggested_price_cents?: number | null;
            billing_cycle: components["schemas"]["BillingCycle"];
            /** @default null */
            term_end_month?: number | null;
            /** @default null */
            term_end_day?: number | null;
            /**
             * @description Only for `custom`: members who join within this many days of the last day pay for the next term, and get the rest of this one free
             * @default 0
             */
            rollover_days?: number;
            /** @default true */
            donation_allowed?: boolean;
            /** @default true */
            active?: boolean;
            /**
             * @description Plans are listed from the lowest position to the highest.
             * @default 0
             */
            position?: number;
        };
        /** @enum {string} */
        BillingCycle: "monthly" | "quarterly" | "yearly" | "lifetime" | "custom";
        PlanDetails: {
            /** @example Yearly membership */
            name: string;
            /** @example For most of us. */
            description: string;
            /**
             * @description 0, or at least what Stripe charges in the currency (50 cents for `usd`).
             * @example 2500
             */
            price_cents: number;
            /**
             * @description The least that a member can choose to pay. 0, or at least what Stripe charges in the currency (50 cents for `usd`).
             * @example 2500
             */
            minimum_price_cents: number;
            /** @description 0, or at least what Stripe charges in the currency (50 cents for `usd`). */
            suggested_price_cents: number | null;
            billing_cycle: components["schemas"]["BillingCycle"];
            /** @default null */
            term_end_month?: number | null;
            /** @default null */
            term_end_day?: number | null;
            /**
             * @description Only for `custom`: members who join within this many days of the last day pay for the next term, and get the rest of this one free
             * @default 0
             */
            rollover_days?: number;
            donation_allowed: boolean;
            active: boolean;
            /** @description Plans are listed from the lowest position to the highest. */
            position: number;
        };
        /** @enum {string} */
        SubscriptionStatus: "pending" | "active" | "past_due" | "paused" | "cancelled" | "expired";
        /** @enum {string} */
        PaymentMethod: "stripe" | "cash" | "cheque" | "complimentary" | "outside_stripe";
        OfflineTerm: {
            /**
             * Format: uuid
             * @description Chosen by the client, one for each term. Sending the same again records nothing
             */
            id: string;
            /** Format: uuid */
            user_id: string;
            /** Format: uuid */
            plan_id: string;
            /** @enum {string} */
            payment_method: "cash" | "cheque" | "complimentary";
            /**
             * @description By default the plan's price, or 0 if complimentary
             * @example 2500
             */
            base_subscription_cents?: number;
            /**
             * @description A donation on top of the dues
             * @default 0
             * @example 2500
             */
            donation_cents?: number;
            /**
             * @description By default now. Not in the future
             * @example 2027-03-01
             */
            paid_at?: string;
            /**
             * @description By default when the running term ends, or now. At most a day after that
             * @example 2027-03-01
             */
            term_start?: string;
            /**
             * @description By default after one cycle of the plan. A date is the last day. Not for a lifetime
             * @example 2027-03-01
             */
            term_end?: string;
            notes?: string;
        };
        /** @description Fields that are left out stay as they are */
        SubscriptionChange: {
            /**
             * @description Only for a term that does not renew. A date is the last day
             * @example 2027-03-01
             */
            current_term_end?: string;
            /**
             * @description Only while past due: in the future, at most two years ahead. A date is the last day
             * @example 2027-03-01
             */
            grace_ends_at?: string;
            /** @description Null removes them */
            notes?: string | null;
        };
        Cancellation: {
            /**
             * @description Whether the membership lasts until the paid term ends. Otherwise it ends now
             * @default true
             */
            at_period_end?: boolean;
            /** @description For volunteers only. Stripe and the member do not see it */
            reason?: string;
        };
        TermRefund: {
            /**
             * Format: uuid
             * @description Chosen by the client, one for each refund. Sending the same again refunds nothing
             */
            id: string;
            /**
             * @description By default all that is left
             * @example 2500
             */
            amount_cents?: number;
        };
        Pause: {
            /**
             * @description In the future, at most two years ahead. A date is the first day after the pause. By default until further notice
             * @example 2027-03-01
             */
            resumes_at?: string;
        };
        Resumption: {
            /**
             * @description `cancellation`: it does not end with its term anymore, but stays paused if it is
             * @default pause
             * @enum {string}
             */
            undo?: "pause" | "cancellation";
        };
        /** @enum {string} */
        DonationType: "member" | "public";
        /**
         * @description `pending`: the checkout is open. `failed`: it was not paid. `refunded`: all of it was refunded or taken back by the bank
         * @enum {string}
         */
        DonationStatus: "pending" | "completed" | "failed" | "refunded";
        /**
         * @example {
         *       "id": "0b0f8f9e-3a4b-4c53-9a0e-8b7f6a5d4c3b",
         *       "donation_type": "public",
         *       "donor_name": "Robin Example",
         *       "donor_email": "robin@example.org",
         *       "amount_cents": 2500,
         *       "payment_method": "cash",
         *       "received_at": "2026-03-01"
         *     }
         */
        OfflineDonation: {
            /**
             * Format: uuid
             * @description Chosen by the client, one for each donation. If you send a donation again with the same id, we record it only once
             */
            id: string;
            donation_type: components["schemas"]["DonationType"];
            /**
             * Format: uuid
             * @description The member. Only for member donations
             */
            user_id?: string;
            /**
             * @description Only for public donations, which require it unless they are anonymous
             * @example Alex Example
             */
            donor_name?: string;
            /**
             * Format: email
             * @description Only for public donations
             * @example alex@example.org
             */
            donor_email?: string;
            /** @example 2500 */
            amount_cents: number;
            /** @enum {string} */
            payment_method: "cash" | "cheque";
            /**
             * @description When it was handed over. Not in the future
             * @example 2027-03-01
             */
            received_at: string;
            /** @example For the picnic in June */
            message?: string;
            /** @default false */
            anonymous?: boolean;
            notes?: string;
            /**
             * @description Mail the donor a receipt, if there is an address
             * @default true
             */
            send_receipt?: boolean;
        };
        DonationDetails: {
            /** @description If left out, it stays the same. A member's name stays the same even if this is null */
            donor_name?: string | null;
            /** @description Where receipts go. If left out, it stays the same. A member's address stays the same even if this is null */
            donor_email?: string | null;
            message: string | null;
            anonymous: boolean;
            notes: string | null;
        };
        DonationRefund: {
            /**
             * Format: uuid
             * @description Chosen by the client, one for each refund. If you send a refund again with the same id, we make it only once
             */
            id: string;
            /**
             * @description By default all that is left
             * @example 2500
             */
            amount_cents?: number;
            /** @enum {string} */
            reason?: "duplicate" | "fraudulent" | "requested_by_customer";
        };
        /** @enum {string} */
        ReminderKind: "event_reminder" | "unverified_address" | "event_for_newcomers" | "applications_overdue" | "payment_pending" | "term_ending" | "renewal" | "past_due" | "card_expiring";
        /** @enum {string} */
        ReminderOutcome: "sent" | "moot" | "suppressed" | "opted_out" | "too_late";
        /**
         * @example {
         *       "texts": {
         *         "what_happened": "Good news: we would love to have you."
         *       }
         *     }
         */
        EmailTemplateChange: {
            /** @description Null: back to the original */
            subject?: string | null;
            /** @description New words by the name of the text. Null: back to the original. Texts that are left out stay as they are */
            texts?: {
                [key: string]: string | null;
            };
        };
        SettingsChange: {
            /**
             * @description What emails, pages and documents call the organization
             * @example LOAF
             */
            name?: string;
            /**
             * @description For headings and buttons. Text on it is white, so its contrast is at least 4.5:1
             * @example #6a2c91
             */
            primary_colour?: string;
            /**
             * @description For lines and highlights
             * @example #e4572e
             */
            accent_colour?: string;
            /**
             * @description Days in emails, receipts, statements and figures begin and end in this time zone
             * @example America/New_York
             */
            time_zone?: string;
            /**
             * @description ISO 3166-1 code
             * @example US
             */
            country?: string;
            /**
             * @description On receipts and statements, in several lines
             * @example 1 Example Street
             *     New York, NY 10001
             */
            postal_address?: string | null;
            /** @description Where people can ask questions. Emails, receipts and statements name it */
            contact_email?: string | null;
            /**
             * @description On receipts and statements
             * @example 12-3456789
             */
            tax_id?: string | null;
            /**
             * @description What receipts and statements say about donations for the tax office
             * @example No goods or services were provided in exchange for this gift.
             */
            acknowledgement?: string | null;
            /** @description How many days members stay active while their dues are past due */
            grace_days?: number;
            /**
             * @description The least that somebody can donate online
             * @example 2500
             */
            donation_minimum_cents?: number;
            /**
             * @description The most that somebody can donate online at once
             * @example 2500
             */
            donation_maximum_cents?: number;
            /**
             * @description What donors read on their card statement after the account's own name
             * @example DONATION
             */
            statement_descriptor_suffix?: string | null;
            /** @description Where replies to emails about membership and dues go. If null, to the contact address */
            membership_email?: string | null;
            /** @description Where replies to emails about events go. If null, to the contact address */
            events_email?: string | null;
            /** @description Where replies to newsletters go. If null, to the contact address */
            newsletter_email?: string | null;
            /** @description How many emails your email provider accepts per second */
            mails_per_second?: number;
            /** @description How many emails your email provider accepts per day (UTC). If null, there is no limit */
            mails_per_day?: number | null;
            /** @description Whether the sender, subject and preview of emails reveal nothing about the organization */
            discreet_mails?: boolean;
            /** @description Words that no subject or preview of an email contains while emails are discreet */
            sensitive_words?: string[];
            /** @description How many hours before an event those who come are reminded */
            event_reminder_hours?: number[];
            /** @description How many days after approval people are reminded of their dues */
            payment_reminder_days?: number[];
            /** @description How many days before their membership ends members are reminded */
            renewal_reminder_days?: number[];
            /** @description How many days after dues are past due members are reminded */
            past_due_reminder_days?: number[];
            /** @description How many days we keep emails that were sent */
            keep_mails_days?: number;
            /** @description How many days we keep sign-ins and ended sessions */
            keep_sign_ins_days?: number;
            /** @description How many days after an event we keep what people answered to its questions */
            keep_answers_days?: number;
        };
        SettingsUndo: {
            /**
             * Format: uuid
             * @description The `id` of a change in `GET /api/admin/audit-log?subject_type=organisation_settings`
             */
            audit_id: string;
        };
        Health: {
            /** @constant */
            status: "ok";
        };
        /**
         * @example {
         *       "status": "ok",
         *       "late_jobs": []
         *     }
         */
        Readiness: {
            /**
             * @description `degraded`: the API works, but a job has not succeeded for too long
             * @enum {string}
             */
            status: "ok" | "degraded";
            /** @description Jobs that have not succeeded for twice the time between two runs */
            late_jobs: string[];
        };
        Message: {
            message: string;
        };
        Verification: {
            title: string;
            message: string;
            organisation: components["schemas"]["Branding"];
            /** @description The address was registered with different passwords, so none of them works. We emailed a link to choose a new one */
            password_needed: boolean;
            /** @description If a password is needed: send this to auth/reset-password to choose it now */
            reset_token: string | null;
        };
        /**
         * @example {
         *       "name": "LOAF",
         *       "primary_colour": "#6a2c91",
         *       "accent_colour": "#e4572e",
         *       "logo_url": null,
         *       "logo_dark_url": null
         *     }
         */
        Branding: {
            name: string;
            primary_colour: string;
            accent_colour: string;
            /** @description A PNG of at most 600 × 160 pixels, for light ground */
            logo_url: string | null;
            /** @description The same for dark ground */
            logo_dark_url: string | null;
        };
        Notice: {
            title: string;
            message: string;
            organisation: components["schemas"]["Branding"];
        };
        SignIn: {
            /** @constant */
            mfa_required: false;
            access_token: string;
            refresh_token: string;
            /** @constant */
            token_type: "bearer";
            /** @description Seconds until the access token expires */
            expires_in: number;
            user: components["schemas"]["Me"];
        };
        Me: {
            /** Format: uuid */
            id: string;
            email: string;
            first_name: string;
            last_name: string;
            phone: string | null;
            bio: string | null;
            /** @description Null without a photo. The link works for one to two hours, for whoever has it */
            profile_photo_url: string | null;
            /** @description A link to the same photo with at most 256 pixels a side */
            profile_photo_thumbnail_url: string | null;
            status: components["schemas"]["UserStatus"];
            /** @description The highest system role, for display. `permissions` says what I may do. */
            role: components["schemas"]["UserRole"];
            email_verified: boolean;
            /** @description What I should do next. Null when all is well */
            next_step: components["schemas"]["NextStep"] | null;
            /** @description I have a second factor */
            mfa_enabled: boolean;
            /** @description One of my roles requires a second factor. Until I have one, I can only set one up */
            mfa_required: boolean;
            /** @description The codes of my roles */
            roles: string[];
            permissions: ("users.view" | "users.view_sensitive" | "users.create" | "users.edit" | "users.delete" | "users.approve" | "users.reject" | "users.change_status" | "users.export" | "users.import" | "users.invite" | "events.view" | "events.create" | "events.edit" | "events.delete" | "events.publish" | "events.rsvps" | "events.attendance" | "events.export" | "subscriptions.view" | "subscriptions.stats" | "subscriptions.export" | "subscriptions.create" | "subscriptions.edit" | "subscriptions.cancel" | "subscriptions.pause" | "subscriptions.plans" | "donations.view" | "donations.stats" | "donations.export" | "donations.create" | "donations.edit" | "donations.refund" | "gallery.view" | "gallery.upload" | "gallery.edit" | "gallery.delete" | "newsletters.view" | "newsletters.create" | "newsletters.edit" | "newsletters.delete" | "newsletters.send" | "financials.view" | "financials.create" | "financials.edit" | "financials.delete" | "bylaws.view" | "bylaws.create" | "bylaws.edit" | "bylaws.delete" | "settings.view" | "settings.edit" | "settings.email" | "settings.storage" | "settings.audit" | "permissions.view" | "permissions.manage_roles" | "permissions.delete_roles" | "permissions.assign")[];
        };
        NextStep: {
            /** @enum {string} */
            code: "verify" | "accept_documents" | "come_to_event" | "wait" | "pay" | "renew";
            text: string;
            /** @description A path of the frontend. Null if there is nothing to do there */
            url: string | null;
        };
        SecondFactorNeeded: {
            /** @constant */
            mfa_required: true;
            /** @description For auth/mfa/sign-in, with a code */
            mfa_token: string;
            /** @description Seconds until the token expires */
            expires_in: number;
        };
        ResetLink: {
            title: string;
            message: string;
            organisation: components["schemas"]["Branding"];
            token: string;
        };
        ActivationLink: {
            title: string;
            message: string;
            organisation: components["schemas"]["Branding"];
            token: string;
        };
        SessionPage: {
            items: components["schemas"]["Session"][];
            next_cursor: string | null;
        };
        Session: {
            /** Format: uuid */
            id: string;
            /** @example Firefox on Linux */
            device: string;
            /** @description The device that is asking */
            current: boolean;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description Accurate to five minutes
             * @example 2027-03-01T18:30:00.000Z
             */
            last_used_at: string;
            /**
             * Format: date-time
             * @description The latest end. It ends earlier after 7 days without use
             * @example 2027-03-01T18:30:00.000Z
             */
            expires_at: string;
        };
        SignInAttemptPage: {
            items: components["schemas"]["SignInAttempt"][];
            next_cursor: string | null;
        };
        SignInAttempt: {
            /** Format: uuid */
            id: string;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
            /** @enum {string} */
            purpose: "sign_in" | "reauthentication";
            /**
             * @description unfinished: the second factor was never given
             * @enum {string}
             */
            outcome: "succeeded" | "failed" | "unfinished";
            /** @example Firefox on Linux */
            device: string;
        };
        SecondFactorStatus: {
            enabled: boolean;
            /** @description One of my roles requires a second factor */
            required: boolean;
            confirmed_at: string | null;
            recovery_codes_left: number;
        };
        Enrollment: {
            /** @description Base32, for typing into the app */
            secret: string;
            /** @description The same secret, for a QR code */
            otpauth_url: string;
        };
        RecoveryCodes: {
            /** @description Each signs in once without the app. They are never shown again */
            recovery_codes: string[];
        };
        MyProfile: {
            /** Format: uuid */
            id: string;
            email: string;
            email_verified: boolean;
            status: components["schemas"]["UserStatus"];
            /** @description The name I go by. Everybody sees this one */
            first_name: string;
            /** @description Empty for people with one name */
            last_name: string;
            /** @description The name in my papers, if it differs. Sealed: only holders of `users.view_sensitive` can see it */
            legal_name: string | null;
            /**
             * @description Which name receipts and statements carry: the one everybody sees, or `legal_name`
             * @enum {string}
             */
            name_on_documents: "shown" | "legal";
            pronouns: string | null;
            phone: string | null;
            address: string | null;
            birthday: string | null;
            bio: string | null;
            /** @description Null without a photo. The link works for one to two hours, for whoever has it */
            profile_photo_url: string | null;
            /** @description A link to the same photo with at most 256 pixels a side */
            profile_photo_thumbnail_url: string | null;
            partner_first_name: string | null;
            partner_last_name: string | null;
            partner_is_member: boolean;
            /**
             * @description The language of emails to the person
             * @enum {string}
             */
            language: "en" | "es";
            /** @description Null: the organization's */
            time_zone: string | null;
            /**
             * @description Whether photos of events may show the person: to nobody, to members, or to everybody
             * @enum {string}
             */
            photo_preference: "none" | "members" | "public";
            /** @description Since when I want newsletters. Null if I do not */
            newsletter_consent_at: string | null;
            /** @description Whether I want news of events */
            wants_event_news: boolean;
            /** @description Whether I want reminders */
            wants_reminders: boolean;
            /** @description Why we no longer write to my address, except about the security of my account. To end it, I send my own address to `POST /api/auth/change-email` and follow the link */
            mail_suppressed: components["schemas"]["MailSuppression"] | null;
            /** @description When everything about me will be erased. Null if it will not be */
            erase_at: string | null;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            updated_at: string;
        };
        MailSuppression: {
            /** @enum {string} */
            reason: "hard_bounce" | "soft_bounces" | "complaint";
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            since: string;
        };
        Privacy: {
            /** @description Whether members find me in the directory, by the name everybody sees */
            in_directory: boolean;
            /**
             * @description `members`: the directory and volunteers. `admins`: volunteers, who always see it
             * @enum {string}
             */
            email_audience: "members" | "admins";
            /**
             * @description `members`: the directory and volunteers. `admins`: volunteers. `nobody`: only `users.view_sensitive`
             * @enum {string}
             */
            phone_audience: "members" | "admins" | "nobody";
            /**
             * @description `members`: the directory and volunteers. `admins`: volunteers. `nobody`: only `users.view_sensitive`
             * @enum {string}
             */
            address_audience: "members" | "admins" | "nobody";
            /**
             * @description `members`: the directory and volunteers. `admins`: volunteers. `nobody`: only `users.view_sensitive`
             * @enum {string}
             */
            birthday_audience: "members" | "admins" | "nobody";
            /**
             * @description `members`: the directory and volunteers. `admins`: volunteers. `nobody`: only `users.view_sensitive`
             * @enum {string}
             */
            partner_audience: "members" | "admins" | "nobody";
            /**
             * @description `members`: the directory and volunteers. `admins`: volunteers. `nobody`: only `users.view_sensitive`
             * @enum {string}
             */
            bio_audience: "members" | "admins" | "nobody";
            /**
             * @description `members`: the directory and volunteers. `admins`: volunteers. `nobody`: only `users.view_sensitive`
             * @enum {string}
             */
            photo_audience: "members" | "admins" | "nobody";
        };
        DirectoryPage: {
            items: components["schemas"]["DirectoryEntry"][];
            next_cursor: string | null;
        };
        DirectoryEntry: {
            /** Format: uuid */
            id: string;
            first_name: string;
            last_name: string;
            pronouns: string | null;
            /** @description Null if there is none, or if the member does not show it */
            email: string | null;
            /** @description Null if there is none, or if the member does not show it */
            phone: string | null;
            /** @description Null if there is none, or if the member does not show it */
            address: string | null;
            /** @description Null if there is none, or if the member does not show it */
            birthday: string | null;
            /** @description Null if there is none, or if the member does not show it */
            bio: string | null;
            /** @description Null if there is none, or if the member does not show it. The link works for one to two hours, for whoever has it */
            profile_photo_url: string | null;
            /** @description A link to the same photo with at most 256 pixels a side */
            profile_photo_thumbnail_url: string | null;
            /** @description Null if there is none, or if the member does not show it */
            partner_first_name: string | null;
            /** @description Null if there is none, or if the member does not show it */
            partner_last_name: string | null;
        };
        AccessLogPage: {
            items: components["schemas"]["AccessLogEntry"][];
            next_cursor: string | null;
            /** @description Who could see what I tell about myself, by their roles */
            could: components["schemas"]["OpeningRole"][];
        };
        AccessLogEntry: {
            /** Format: uuid */
            id: string;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
            /**
             * @description What they saw: my record (`users.read`), what I show to nobody or sensitive notes about me (`users.read_sensitive`), a file of people that includes me (`users.exported`), a file of the answers to an event that includes mine (`event_rsvps.exported`), or what I gave in a year (`giving_statement.read`)
             * @enum {string}
             */
            action: "users.read" | "users.read_sensitive" | "users.exported" | "event_rsvps.exported" | "giving_statement.read";
            /** @description The volunteer's name. Null if they were erased */
            read_by: string | null;
        };
        OpeningRole: {
            /**
             * @description Its name
             * @example Admin
             */
            role: string;
            permissions: ("users.view" | "users.view_sensitive" | "users.export" | "users.import")[];
            /** @description How many people hold it and can use it now */
            people: number;
        };
        MyExport: {
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            exported_at: string;
            profile: components["schemas"]["MyProfile"];
            privacy: components["schemas"]["Privacy"];
            application: {
                status: components["schemas"]["UserStatus"];
                /** @enum {string} */
                origin: "registration" | "paper" | "import" | "invitation";
                external_id: string | null;
                /**
                 * Format: date-time
                 * @example 2027-03-01T18:30:00.000Z
                 */
                joined_at: string;
                referred_by: string | null;
                rejection_reason: string | null;
                rejected_at: string | null;
                activation_sent_at: string | null;
            };
            /** @description Which versions of our rules I accepted, and when */
            accepted_documents: {
                /** Format: uuid */
                id: string;
                kind: components["schemas"]["DocumentKind"];
                title: string;
                version: string;
                /**
                 * Format: date-time
                 * @example 2027-03-01T18:30:00.000Z
                 */
                accepted_at: string;
            }[];
            roles: {
                role: string;
                /**
                 * Format: date-time
                 * @example 2027-03-01T18:30:00.000Z
                 */
                created_at: string;
            }[];
            sessions: {
                /** @description What the browser called itself */
                user_agent: string | null;
                /**
                 * Format: date-time
                 * @example 2027-03-01T18:30:00.000Z
                 */
                created_at: string;
                /**
                 * Format: date-time
                 * @example 2027-03-01T18:30:00.000Z
                 */
                last_used_at: string;
                /**
                 * Format: date-time
                 * @example 2027-03-01T18:30:00.000Z
                 */
                expires_at: string;
                revoked_at: string | null;
            }[];
            /** @description Sign-ins to my account, and failed attempts, newest first: at most 1000 */
            sign_ins: {
                email: string;
                /** @enum {string} */
                purpose: "sign_in" | "reauthentication";
                succeeded: boolean | null;
                /** @description What the browser called itself */
                user_agent: string | null;
                /**
                 * Format: date-time
                 * @example 2027-03-01T18:30:00.000Z
                 */
                created_at: string;
            }[];
            subscriptions: {
                /** Format: uuid */
                id: string;
                plan_name: string;
                status: components["schemas"]["SubscriptionStatus"];
                /** @example 2500 */
                base_subscription_cents: number;
                /** @example 2500 */
                donation_cents: number;
                payment_method: components["schemas"]["PaymentMethod"];
                current_term_start: string | null;
                current_term_end: string | null;
                cancelled_at: string | null;
                cancel_reason: string | null;
                card_brand: string | null;
                card_last4: string | null;
                stripe_subscription_id: string | null;
                /**
                 * Format: date-time
                 * @example 2027-03-01T18:30:00.000Z
                 */
                created_at: string;
            }[];
            payments: {
                /** Format: uuid */
                id: string;
                receipt_number: number;
                subscription_id: string | null;
                donation_id: string | null;
                payment_method: components["schemas"]["PaymentMethod"];
                /** @example 2500 */
                base_subscription_cents: number;
                /** @example 2500 */
                donation_cents: number;
                /**
                 * Format: date-time
                 * @example 2027-03-01T18:30:00.000Z
                 */
                paid_at: string;
                receipted_at: string | null;
                stripe_invoice_id: string | null;
                stripe_payment_intent_id: string | null;
            }[];
            refunds: {
                /** Format: uuid */
                payment_id: string;
                /** @enum {string} */
                kind: "refund" | "dispute";
                status: string;
                /** @example 2500 */
                amount_cents: number;
                reason: string | null;
                occurred_at: string | null;
                returned_at: string | null;
            }[];
            donations: {
                /** Format: uuid */
                id: string;
                /** @enum {string} */
                donation_type: "member" | "public";
                /** @enum {string} */
                status: "pending" | "completed" | "failed" | "refunded";
                /** @example 2500 */
                amount_cents: number;
                donor_name: string | null;
                donor_email: string | null;
                message: string | null;
                anonymous: boolean;
                payment_method: components["schemas"]["PaymentMethod"];
                completed_at: string | null;
                /** @description When receipts were mailed */
                receipted_at: string[];
                /**
                 * Format: date-time
                 * @example 2027-03-01T18:30:00.000Z
                 */
                created_at: string;
            }[];
            rsvps: {
                event: string;
                /**
                 * Format: date-time
                 * @example 2027-03-01T18:30:00.000Z
                 */
                start_at: string;
                rsvp_status: ("yes" | "no" | "maybe" | "waitlisted") | null;
                guests: number;
                attended: boolean;
                /**
                 * Format: date-time
                 * @example 2027-03-01T18:30:00.000Z
                 */
                created_at: string;
            }[];
            /** @description The photos of events that I uploaded */
            photos: {
                event: string;
                caption: string | null;
                taken_at: string | null;
                accepted_at: string | null;
                /**
                 * Format: date-time
                 * @example 2027-03-01T18:30:00.000Z
                 */
                created_at: string;
            }[];
            /** @description What I answered to the questions of events */
            event_answers: {
                event: string;
                question: string;
                answer: string;
                /**
                 * Format: date-time
                 * @example 2027-03-01T18:30:00.000Z
                 */
                created_at: string;
            }[];
            /** @description The emails that we sent me and have not deleted yet, newest first: at most 1000 */
            mails: {
                /** @description Which of our emails it was */
                template: string;
                to_email: string;
                /** @description The details that it mentioned */
                data: {
                    [key: string]: unknown;
                };
                /** @enum {string} */
                status: "pending" | "sent" | "failed" | "withheld";
                /**
                 * Format: date-time
                 * @example 2027-03-01T18:30:00.000Z
                 */
                created_at: string;
                sent_at: string | null;
            }[];
            /** @description What we decided about reminders for me, newest first: at most 1000 */
            reminders: {
                /** @description What it was about */
                kind: string;
                /**
                 * Format: date-time
                 * @example 2027-03-01T18:30:00.000Z
                 */
                due_at: string;
                /**
                 * Format: date-time
                 * @example 2027-03-01T18:30:00.000Z
                 */
                decided_at: string;
                /**
                 * @description Whether it went out or, if not, why
                 * @enum {string}
                 */
                outcome: "sent" | "moot" | "suppressed" | "opted_out" | "too_late";
            }[];
            /** @description The newsletters that were for me */
            newsletters: {
                title: string;
                /** @description When we sent it to me */
                queued_at: string | null;
                /** @description When I unsubscribed, if this was the last one before that */
                unsubscribed_at: string | null;
            }[];
            /** @description What volunteers wrote in notes about me, including sensitive notes */
            notes: {
                body: string;
                /** @description Whether only holders of `users.view_sensitive` see it */
                sensitive: boolean;
                /**
                 * Format: date-time
                 * @example 2027-03-01T18:30:00.000Z
                 */
                created_at: string;
                /**
                 * Format: date-time
                 * @example 2027-03-01T18:30:00.000Z
                 */
                updated_at: string;
            }[];
            tags: {
                tag: string;
                /**
                 * Format: date-time
                 * @example 2027-03-01T18:30:00.000Z
                 */
                created_at: string;
            }[];
            vouchings: {
                /**
                 * @description Whether a member was asked about me, or I was asked about somebody else
                 * @enum {string}
                 */
                asked: "about_me" | "me";
                answer: ("yes" | "no") | null;
                /**
                 * Format: date-time
                 * @example 2027-03-01T18:30:00.000Z
                 */
                created_at: string;
                answered_at: string | null;
            }[];
            invitations: {
                email: string;
                /** @enum {string} */
                status: "pending" | "accepted" | "expired" | "revoked";
                message: string | null;
                by_me: boolean;
                /**
                 * Format: date-time
                 * @example 2027-03-01T18:30:00.000Z
                 */
                created_at: string;
            }[];
            imported: {
                /** @description The row about me in a file that volunteers imported. Empty after 30 days */
                cells: string[];
                /**
                 * Format: date-time
                 * @example 2027-03-01T18:30:00.000Z
                 */
                created_at: string;
            }[];
            /** @description The entries about me in the audit log, newest first: at most 1000 */
            history: {
                action: string;
                changes: {
                    [key: string]: [
                        unknown,
                        unknown
                    ] | null;
                };
                /**
                 * Format: date-time
                 * @example 2027-03-01T18:30:00.000Z
                 */
                created_at: string;
            }[];
            /** @description Which volunteers opened or exported my data, newest first: at most 1000 */
            access_log: components["schemas"]["AccessLogEntry"][];
            /** @description Who could open or export my data, by their roles */
            could: components["schemas"]["OpeningRole"][];
        };
        Erasure: {
            /** Format: uuid */
            id: string;
            /** @description When everything about the person will be erased. Null if it will not be */
            erase_at: string | null;
        };
        User: {
            /** Format: uuid */
            id: string;
            email: string | null;
            first_name: string;
            last_name: string;
            status: components["schemas"]["UserStatus"];
            role: components["schemas"]["UserRole"];
            email_verified: boolean;
            tags: string[];
            /** @description The volunteer who is looking after the application. After 3 days it is free again */
            taken_on_by: components["schemas"]["NamedPerson"] | null;
            taken_on_at: string | null;
            /** @description Since when the application has been waiting for volunteers. Null if it is not waiting */
            waiting_since: string | null;
            /**
             * Format: date-time
             * @description When the person came to the organization
             * @example 2027-03-01T18:30:00.000Z
             */
            joined_at: string;
            /**
             * Format: date-time
             * @description When the person was entered here. Later than `joined_at` for people who were imported
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            updated_at: string;
            pronouns: string | null;
            /** @description Null if there is none, or if the person shows it to nobody */
            phone: string | null;
            /** @description Null if there is none, or if the person shows it to nobody */
            address: string | null;
            /** @description Null if there is none, or if the person shows it to nobody */
            birthday: string | null;
            /** @description Null if there is none, or if the person shows it to nobody */
            bio: string | null;
            /** @description Null if there is none, or if the person shows it to nobody. The link works for one to two hours, for whoever has it */
            profile_photo_url: string | null;
            /** @description A link to the same photo with at most 256 pixels a side */
            profile_photo_thumbnail_url: string | null;
            /** @description Null if there is none, or if the person shows it to nobody */
            partner_first_name: string | null;
            /** @description Null if there is none, or if the person shows it to nobody */
            partner_last_name: string | null;
            /** @description Null if there is none, or if the person shows it to nobody */
            partner_is_member: boolean | null;
            referred_by: string | null;
            rejection_reason: string | null;
            rejected_at: string | null;
            rejected_by: string | null;
        };
        NamedPerson: {
            /** Format: uuid */
            id: string;
            name: string;
        };
        UserDetail: {
            /** Format: uuid */
            id: string;
            email: string | null;
            first_name: string;
            last_name: string;
            status: components["schemas"]["UserStatus"];
            role: components["schemas"]["UserRole"];
            email_verified: boolean;
            tags: string[];
            /** @description The volunteer who is looking after the application. After 3 days it is free again */
            taken_on_by: components["schemas"]["NamedPerson"] | null;
            taken_on_at: string | null;
            /** @description Since when the application has been waiting for volunteers. Null if it is not waiting */
            waiting_since: string | null;
            /**
             * Format: date-time
             * @description When the person came to the organization
             * @example 2027-03-01T18:30:00.000Z
             */
            joined_at: string;
            /**
             * Format: date-time
             * @description When the person was entered here. Later than `joined_at` for people who were imported
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            updated_at: string;
            pronouns: string | null;
            /** @description Null if there is none, or if the person shows it to nobody */
            phone: string | null;
            /** @description Null if there is none, or if the person shows it to nobody */
            address: string | null;
            /** @description Null if there is none, or if the person shows it to nobody */
            birthday: string | null;
            /** @description Null if there is none, or if the person shows it to nobody */
            bio: string | null;
            /** @description Null if there is none, or if the person shows it to nobody. The link works for one to two hours, for whoever has it */
            profile_photo_url: string | null;
            /** @description A link to the same photo with at most 256 pixels a side */
            profile_photo_thumbnail_url: string | null;
            /** @description Null if there is none, or if the person shows it to nobody */
            partner_first_name: string | null;
            /** @description Null if there is none, or if the person shows it to nobody */
            partner_last_name: string | null;
            /** @description Null if there is none, or if the person shows it to nobody */
            partner_is_member: boolean | null;
            referred_by: string | null;
            rejection_reason: string | null;
            rejected_at: string | null;
            rejected_by: string | null;
            /** @description The newest 20 notes that you may read. All of them: `GET /api/admin/users/{id}/notes` */
            notes: {
                items: components["schemas"]["UserNote"][];
                /** @description How many there are in all */
                total: number;
            };
            /** @description People who may be the same person, as `GET /api/admin/users/{id}/twins` tells them */
            twins: components["schemas"]["Twin"][];
            /** @description Why we no longer write to this address, except about the security of the account: mails bounced, or one was reported as spam. The person ends it by confirming the address */
            mail_suppressed: components["schemas"]["MailSuppression"] | null;
            /** @description Which versions of our rules they accepted, and when */
            accepted_documents: {
                /** Format: uuid */
                id: string;
                kind: components["schemas"]["DocumentKind"];
                title: string;
                version: string;
                /**
                 * Format: date-time
                 * @example 2027-03-01T18:30:00.000Z
                 */
                accepted_at: string;
            }[];
            /** @description The newest 20 members who were asked to vouch for this person. All of them: `GET /api/admin/users/{id}/vouchings`. Left out for those who lack `users.approve` */
            vouchings?: {
                items: {
                    /** Format: uuid */
                    id: string;
                    /** Format: uuid */
                    member_id: string;
                    member: {
                        first_name: string;
                        last_name: string;
                    };
                    asked_by: string | null;
                    /** @description Null: no answer yet */
                    answer: ("yes" | "no") | null;
                    answered_at: string | null;
                    /**
                     * Format: date-time
                     * @example 2027-03-01T18:30:00.000Z
                     */
                    created_at: string;
                }[];
                /** @description How many there are in all */
                total: number;
            };
            /** @description The running one, or else the newest. All of them: `GET /api/admin/subscriptions?user_id=`. Left out for those who lack `subscriptions.view` */
            subscription?: {
                /** Format: uuid */
                id: string;
                /** Format: uuid */
                plan_id: string;
                plan_name: string;
                /** @description `pending`: a checkout that has not been paid */
                status: components["schemas"]["SubscriptionStatus"];
                billing_cycle: components["schemas"]["BillingCycle"];
                /** @example 2500 */
                base_subscription_cents: number;
                /** @example 2500 */
                donation_cents: number;
                /** @description ISO 4217, lower case */
                currency: string;
                payment_method: components["schemas"]["PaymentMethod"];
                /** @description If the term extends earlier ones that were recorded by hand, when the first of them began */
                current_term_start: string | null;
                /** @description Null for a lifetime */
                current_term_end: string | null;
                /** @description Whether dues are collected automatically when the term ends */
                renews: boolean;
                /** @description While past due, or while the subscription itself is paused at Stripe (which waives no dues): the person stays active until then */
                grace_ends_at: string | null;
                paused_at: string | null;
                /** @description Null if paused until further notice */
                resumes_at: string | null;
                /** @description Whether it ends with its term */
                cancel_at_period_end: boolean;
                /** @description When it was canceled. The term may still be running */
                cancelled_at: string | null;
                /**
                 * Format: date-time
                 * @example 2027-03-01T18:30:00.000Z
                 */
                created_at: string;
            } | null;
            /** @description The newest 20 donations. All of them: `GET /api/admin/donations?user_id=`. Left out for those who lack `donations.view` */
            donations?: {
                items: components["schemas"]["DonationSummary"][];
                /** @description How many there are in all */
                total: number;
            };
            /** @description The newest 20 answers to invitations. Left out for those who lack `events.rsvps` */
            rsvps?: {
                items: {
                    /** Format: uuid */
                    event_id: string;
                    title: string;
                    /**
                     * Format: date-time
                     * @example 2027-03-01T18:30:00.000Z
                     */
                    start_at: string;
                    /** @enum {string} */
                    rsvp_status: "yes" | "no" | "maybe" | "waitlisted";
                    attended: boolean;
                    attended_at: string | null;
                    /**
                     * Format: date-time
                     * @example 2027-03-01T18:30:00.000Z
                     */
                    created_at: string;
                }[];
                /** @description How many there are in all */
                total: number;
            };
            /** @description The newest 20 emails to this person. We delete emails after `keep_mails_days`. Left out for those who lack `settings.email` */
            mails?: {
                items: {
                    /** Format: uuid */
                    id: string;
                    /** @example approval */
                    template: string;
                    /** @enum {string} */
                    status: "pending" | "sent" | "failed" | "withheld";
                    /**
                     * Format: date-time
                     * @example 2027-03-01T18:30:00.000Z
                     */
                    created_at: string;
                    sent_at: string | null;
                    /** @description What the provider told us became of it */
                    feedback: ("delivered" | "bounced" | "complained") | null;
                }[];
                /** @description How many there are in all */
                total: number;
            };
            /** @description The newest 20 changes to this person, and to their roles, notes and tags. All of them: `GET /api/admin/audit-log?subject_id=`. Left out for those who lack `settings.audit` */
            history?: {
                items: components["schemas"]["AuditEntry"][];
                /** @description How many there are in all */
                total: number;
            };
        };
        UserNote: {
            /** Format: uuid */
            id: string;
            body: string;
            /** @description Whether only holders of `users.view_sensitive` see it */
            sensitive: boolean;
            author_id: string | null;
            /** @description Null for people who have been deleted */
            author: {
                first_name: string;
                last_name: string;
            } | null;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            updated_at: string;
        };
        Twin: {
            /** Format: uuid */
            id: string;
            first_name: string;
            last_name: string;
            email: string | null;
            status: components["schemas"]["UserStatus"];
            /** @description What both have in common */
            by: ("name_and_birthday" | "phone" | "address")[];
        };
        /** @description Holders of `donations.view` see every donor. Other volunteers get a donation when they record, edit or refund it. If it is anonymous, its `user_id`, `donor_name`, `donor_email`, `message`, `notes` and the addresses of its receipts are null for them. */
        DonationSummary: {
            /** Format: uuid */
            id: string;
            donation_type: components["schemas"]["DonationType"];
            status: components["schemas"]["DonationStatus"];
            /**
             * @description The amount that was paid. Until then, the amount that the donor chose
             * @example 2500
             */
            amount_cents: number;
            /** @description What was refunded, or taken back by the bank */
            refunded_cents: number;
            /** @description The amount that was paid, less what was refunded or taken back */
            net_cents: number;
            /**
             * @description ISO 4217, lower case
             * @example usd
             */
            currency: string;
            payment_method: components["schemas"]["PaymentMethod"];
            /** @description The member. Null for public donations */
            user_id: string | null;
            donor_name: string | null;
            donor_email: string | null;
            message: string | null;
            /** @description True if the donor does not want to be named. Only holders of `donations.view` then see the fields that say who it is */
            anonymous: boolean;
            paid_at: string | null;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
        };
        AuditEntry: {
            /** Format: uuid */
            id: string;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
            /** @description The id of the request, as in its response and in the logs. Null for changes made by hand by an operator. */
            request_id: string | null;
            /** @description Null for the platform itself */
            actor_id: string | null;
            /** @description Null for the platform itself, and for people who have been deleted or erased */
            actor: {
                first_name: string;
                last_name: string;
            } | null;
            /**
             * @description `insert`, `update` or `delete` for a change to a row, otherwise a dotted name such as `sign_in.failed`
             * @example update
             */
            action: string;
            /**
             * @description The table of the subject, or `route` when somebody was denied access to one
             * @example users
             */
            subject_type: string;
            /** @description For a route, its method and path, such as `GET /api/admin/users` */
            subject_id: string | null;
            /**
             * @description Each changed column with its old and new value. Null stands for personal values, which are not logged.
             * @example {
             *       "status": [
             *         "pending_validation",
             *         "payment_pending"
             *       ],
             *       "phone": null
             *     }
             */
            changes: {
                [key: string]: [
                    unknown,
                    unknown
                ] | null;
            };
        };
        UserPage: {
            items: components["schemas"]["UserSummary"][];
            next_cursor: string | null;
            /** @description How many items match the filters, on all pages together */
            total: number;
            /** @description How many people of each status match the other filters, whatever the `status` filter is */
            counts: {
                pending_email: number;
                pending_validation: number;
                pre_validated: number;
                payment_pending: number;
                active: number;
                rejected: number;
                inactive: number;
            };
        };
        UserSummary: {
            /** Format: uuid */
            id: string;
            email: string | null;
            first_name: string;
            last_name: string;
            status: components["schemas"]["UserStatus"];
            role: components["schemas"]["UserRole"];
            email_verified: boolean;
            tags: string[];
            /** @description The volunteer who is looking after the application. After 3 days it is free again */
            taken_on_by: components["schemas"]["NamedPerson"] | null;
            taken_on_at: string | null;
            /** @description Since when the application has been waiting for volunteers. Null if it is not waiting */
            waiting_since: string | null;
            /**
             * Format: date-time
             * @description When the person came to the organization
             * @example 2027-03-01T18:30:00.000Z
             */
            joined_at: string;
            /**
             * Format: date-time
             * @description When the person was entered here. Later than `joined_at` for people who were imported
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            updated_at: string;
        };
        CreatedUser: {
            /** Format: uuid */
            id: string;
            email: string | null;
            first_name: string;
            last_name: string;
            status: components["schemas"]["UserStatus"];
            role: components["schemas"]["UserRole"];
            email_verified: boolean;
            tags: string[];
            /** @description The volunteer who is looking after the application. After 3 days it is free again */
            taken_on_by: components["schemas"]["NamedPerson"] | null;
            taken_on_at: string | null;
            /** @description Since when the application has been waiting for volunteers. Null if it is not waiting */
            waiting_since: string | null;
            /**
             * Format: date-time
             * @description When the person came to the organization
             * @example 2027-03-01T18:30:00.000Z
             */
            joined_at: string;
            /**
             * Format: date-time
             * @description When the person was entered here. Later than `joined_at` for people who were imported
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            updated_at: string;
            pronouns: string | null;
            /** @description Null if there is none, or if the person shows it to nobody */
            phone: string | null;
            /** @description Null if there is none, or if the person shows it to nobody */
            address: string | null;
            /** @description Null if there is none, or if the person shows it to nobody */
            birthday: string | null;
            /** @description Null if there is none, or if the person shows it to nobody */
            bio: string | null;
            /** @description Null if there is none, or if the person shows it to nobody. The link works for one to two hours, for whoever has it */
            profile_photo_url: string | null;
            /** @description A link to the same photo with at most 256 pixels a side */
            profile_photo_thumbnail_url: string | null;
            /** @description Null if there is none, or if the person shows it to nobody */
            partner_first_name: string | null;
            /** @description Null if there is none, or if the person shows it to nobody */
            partner_last_name: string | null;
            /** @description Null if there is none, or if the person shows it to nobody */
            partner_is_member: boolean | null;
            referred_by: string | null;
            rejection_reason: string | null;
            rejected_at: string | null;
            rejected_by: string | null;
            /** @description People who may be the same person. Left out for those who lack `users.view` */
            twins?: components["schemas"]["Twin"][];
        };
        ManyDecided: {
            moved: string[];
            not_moved: {
                /** Format: uuid */
                id: string;
                /** @example status_conflict */
                code: string;
                /** @description The reason, in a sentence */
                detail: string;
            }[];
        };
        TakenOn: {
            /** Format: uuid */
            id: string;
            status: components["schemas"]["UserStatus"];
            taken_on_by: components["schemas"]["NamedPerson"] | null;
            taken_on_at: string | null;
            /** @description When they applied, while they wait for a decision */
            waiting_since: string | null;
        };
        Vouchings: {
            items: components["schemas"]["Vouching"][];
            next_cursor: string | null;
        };
        Vouching: {
            /** Format: uuid */
            id: string;
            member: components["schemas"]["NamedPerson"];
            asked_by: components["schemas"]["NamedPerson"] | null;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            asked_at: string;
            answer: ("yes" | "no") | null;
            answered_at: string | null;
        };
        VouchingQuestionPage: {
            items: components["schemas"]["VouchingQuestion"][];
            next_cursor: string | null;
        };
        VouchingQuestion: {
            /** Format: uuid */
            id: string;
            applicant_name: string;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
        };
        MailedQuestion: {
            title: string;
            message: string;
            organisation: components["schemas"]["Branding"];
            /** @description Null once no answer is needed anymore */
            applicant_name: string | null;
        };
        InvitationPage: {
            items: components["schemas"]["Invitation"][];
            next_cursor: string | null;
            /** @description How many items match the filters, on all pages together */
            total: number;
        };
        Invitation: {
            /** Format: uuid */
            id: string;
            email: string;
            status: components["schemas"]["InvitationStatus"];
            /** @description The role that the person gets when they accept */
            role: {
                /** Format: uuid */
                id: string;
                name: string;
            } | null;
            message: string | null;
            invited_by: components["schemas"]["NamedPerson"] | null;
            accepted_by: components["schemas"]["NamedPerson"] | null;
            /**
             * Format: date-time
             * @description When its email was last sent
             * @example 2027-03-01T18:30:00.000Z
             */
            sent_at: string;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            expires_at: string;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
        };
        OpenInvitation: {
            title: string;
            message: string;
            organisation: components["schemas"]["Branding"];
            email: string;
        };
        ImportJob: {
            /** Format: uuid */
            id: string;
            /**
             * @description `uploaded`: the file is coming in. `validating`: its rows are being checked. `ready`: the dry run is done, and the import can be applied. `applying`: it is being applied. `completed`: it was applied. `failed`: see `failure`
             * @enum {string}
             */
            status: "uploaded" | "validating" | "ready" | "applying" | "completed" | "failed";
            file_name: string;
            separator: string | null;
            columns: {
                header: string;
                /** @description The field that the column fills. Null: none */
                field: ("id" | "external_id" | "email" | "first_name" | "last_name" | "legal_name" | "pronouns" | "phone" | "address" | "birthday" | "bio" | "partner_first_name" | "partner_last_name" | "partner_is_member" | "referred_by" | "status" | "role" | "joined_at" | "language" | "time_zone" | "photo_preference" | "newsletter_consent_at" | "password_hash" | "tags") | null;
            }[];
            /** @description Headers that we do not know. Map them, or leave them out */
            unknown_columns: string[];
            /** @description Headers of columns that are left out, because another column fills the same field */
            repeated_columns: string[];
            total_rows: number;
            checked_rows: number;
            applied_rows: number;
            /** @description Rows that were not applied because they have problems */
            failed_rows: number;
            created_people: number;
            updated_people: number;
            /** @description How many of the checked rows have each outcome, and how many have warnings (`warned`) */
            outcomes: {
                create: number;
                update: number;
                unchanged: number;
                problem: number;
                warned: number;
            };
            failure: string | null;
            undone_at: string | null;
            undone_by: string | null;
            /** @description How many people are emailed a link to their account each day. Null: none */
            activations_per_day: number | null;
            activation_started_at: string | null;
            activations_sent: number;
            /** @description People of this import who were not yet sent a link to their account, and could be */
            activations_waiting: number;
            created_by: string | null;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            updated_at: string;
        };
        ImportJobPage: {
            items: components["schemas"]["ImportJobSummary"][];
            next_cursor: string | null;
            /** @description How many items match the filters, on all pages together */
            total: number;
        };
        ImportJobSummary: {
            /** Format: uuid */
            id: string;
            /**
             * @description `uploaded`: the file is coming in. `validating`: its rows are being checked. `ready`: the dry run is done, and the import can be applied. `applying`: it is being applied. `completed`: it was applied. `failed`: see `failure`
             * @enum {string}
             */
            status: "uploaded" | "validating" | "ready" | "applying" | "completed" | "failed";
            file_name: string;
            separator: string | null;
            total_rows: number;
            checked_rows: number;
            applied_rows: number;
            /** @description Rows that were not applied because they have problems */
            failed_rows: number;
            created_people: number;
            updated_people: number;
            failure: string | null;
            undone_at: string | null;
            undone_by: string | null;
            /** @description How many people are emailed a link to their account each day. Null: none */
            activations_per_day: number | null;
            activation_started_at: string | null;
            created_by: string | null;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            updated_at: string;
        };
        ImportRowPage: {
            items: components["schemas"]["ImportRow"][];
            next_cursor: string | null;
        };
        ImportRow: {
            /** @description As a spreadsheet counts: the header is row 1 */
            row: number;
            /** @description What the import does with the row. Null while it is not checked */
            outcome: ("create" | "update" | "unchanged" | "problem") | null;
            /** @description As uploaded, without password hashes. Of a file that somebody else uploaded, only holders of `users.view_sensitive` see columns that are sealed, that people can hide, or that fill nothing; they are blank for others. Empty after 30 days */
            cells: string[];
            problems: {
                field: ("id" | "external_id" | "email" | "first_name" | "last_name" | "legal_name" | "pronouns" | "phone" | "address" | "birthday" | "bio" | "partner_first_name" | "partner_last_name" | "partner_is_member" | "referred_by" | "status" | "role" | "joined_at" | "language" | "time_zone" | "photo_preference" | "newsletter_consent_at" | "password_hash" | "tags") | null;
                /** @description Completes a sentence that begins with the field, or with the row */
                message: string;
                /** @description Up to three people whom it speaks of */
                people?: string[];
            }[];
            warnings: {
                field: ("id" | "external_id" | "email" | "first_name" | "last_name" | "legal_name" | "pronouns" | "phone" | "address" | "birthday" | "bio" | "partner_first_name" | "partner_last_name" | "partner_is_member" | "referred_by" | "status" | "role" | "joined_at" | "language" | "time_zone" | "photo_preference" | "newsletter_consent_at" | "password_hash" | "tags") | null;
                /** @description Completes a sentence that begins with the field, or with the row */
                message: string;
                /** @description Up to three people whom it speaks of */
                people?: string[];
            }[];
            /** @description The person whom the row matches or created */
            user_id: string | null;
            applied_at: string | null;
        };
        HandedOver: {
            /** Format: uuid */
            id: string;
            /**
             * @description The codes of the roles that they held
             * @example [
             *       "admin"
             *     ]
             */
            ended_roles: string[];
            /** @description How many applications they were looking after */
            applications: number;
        };
        SensitiveDetails: {
            /** Format: uuid */
            id: string;
            legal_name: string | null;
            /** @enum {string} */
            name_on_documents: "shown" | "legal";
            phone: string | null;
            address: string | null;
            birthday: string | null;
            bio: string | null;
            /** @description Null without a photo. The link works for one to two hours, for whoever has it */
            profile_photo_url: string | null;
            /** @description A link to the same photo with at most 256 pixels a side */
            profile_photo_thumbnail_url: string | null;
            partner_first_name: string | null;
            partner_last_name: string | null;
            partner_is_member: boolean;
            /** @description Who sees what of this person */
            privacy: components["schemas"]["Privacy"];
            /** @description People who may be the same person, judged by what they hide too */
            twins: components["schemas"]["Twin"][];
        };
        Twins: {
            items: components["schemas"]["Twin"][];
        };
        UserNotePage: {
            items: components["schemas"]["UserNote"][];
            next_cursor: string | null;
            /** @description How many items match the filters, on all pages together */
            total: number;
        };
        TagPage: {
            items: components["schemas"]["TagCount"][];
            next_cursor: string | null;
        };
        TagCount: {
            tag: string;
            people: number;
        };
        GrantablePermissionPage: {
            items: components["schemas"]["GrantablePermission"][];
            next_cursor: string | null;
            /** @description How many items match the filters, on all pages together */
            total: number;
        };
        GrantablePermission: {
            /**
             * Format: uuid
             * @description How the audit log refers to the permission
             */
            id: string;
            code: components["schemas"]["PermissionCode"];
            /** @example events */
            module: string;
            /** @example Record who attended */
            description: string;
        };
        RolePage: {
            items: components["schemas"]["Role"][];
            next_cursor: string | null;
            /** @description How many items match the filters, on all pages together */
            total: number;
        };
        Role: {
            /** Format: uuid */
            id: string;
            /** @example greeter */
            code: string;
            /** @example Greeter */
            name: string;
            /** @example Welcomes people at events */
            description: string;
            /** @description Whether the role comes with the platform. You can assign such a role, but not edit it. */
            system: boolean;
            /** @description Whether its holders must have a second factor */
            second_factor_required: boolean;
            permissions: components["schemas"]["PermissionCode"][];
            /** @description How many people hold the role */
            holders: number;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            updated_at: string;
        };
        HeldRoles: {
            items: components["schemas"]["Role"][];
            next_cursor: string | null;
        };
        EventPage: {
            items: components["schemas"]["Event"][];
            next_cursor: string | null;
        };
        Event: {
            /** Format: uuid */
            id: string;
            title: string;
            description: string;
            /** @description Null if there is none, or if `place_audience` hides it from the caller */
            location: string | null;
            /** @description Null if there is none, or if `place_audience` hides it from the caller */
            online_url: string | null;
            /**
             * @description Who sees the location and the online address: everybody, active members, or those who have a seat
             * @enum {string}
             */
            place_audience: "everybody" | "members" | "accepted";
            tags: string[];
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            start_at: string;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            end_at: string;
            /** @description The IANA zone where it takes place */
            time_zone: string;
            cancelled_at: string | null;
            /** @description Number of seats, or null if unlimited */
            capacity: number | null;
            /** @description Null if unlimited */
            seats_left: number | null;
            /** @description How many guests a person may bring. Each takes a seat */
            guests_limit: number;
            /** @description Whether people can wait for a seat when the event is full */
            waiting_list: boolean;
            answers_open_at: string | null;
            answers_close_at: string | null;
            /** @description People with these statuses may answer */
            welcome_statuses: components["schemas"]["UserStatus"][];
            contact_email: string | null;
            /** @description The picture of the event. Null without one */
            cover_url: string | null;
            /** @description The same with at most 256 pixels a side */
            cover_thumbnail_url: string | null;
            /** @description People who said yes, and their guests */
            coming: number;
            maybe: number;
            /** @description People on the waiting list */
            waiting: number;
            questions: components["schemas"]["Question"][];
            /** @description Null without an access token, and without an answer */
            my_rsvp: components["schemas"]["MyRsvp"] | null;
        };
        Question: {
            /** Format: uuid */
            id: string;
            question: string;
            /** @description What the answer is for */
            purpose: string;
            /**
             * @description How to answer: in words, by a choice, or by `yes` or `no`
             * @enum {string}
             */
            kind: "text" | "choice" | "yes_no";
            /** @description What there is to choose from */
            choices: string[];
            /** @description Whether a yes needs an answer */
            required: boolean;
        };
        MyRsvp: {
            /** @description `waitlisted`: I said yes, and wait for a seat. Null without an answer */
            rsvp_status: components["schemas"]["RsvpStatus"] | null;
            /** @description How many people I bring */
            guests: number;
            /** @description My place on the waiting list, from 1 */
            position: number | null;
            /** @description Whether active members may see my name among those who come, until the event is over */
            show_name: boolean;
            /** @description What I show at the door, if I have a seat */
            check_in_code: string | null;
            answers: components["schemas"]["QuestionAnswer"][];
        };
        QuestionAnswer: {
            /** Format: uuid */
            question_id: string;
            answer: string;
        };
        Ticket: {
            title: string;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            start_at: string;
            time_zone: string;
            /** @description How many people the guest brings */
            guests: number;
            /** @example 4F09A1C3 */
            check_in_code: string;
            /** @description The same code as a QR code: a black SVG image, which needs a white background */
            qr_svg: string;
            organisation: components["schemas"]["Branding"];
        };
        ComerPage: {
            items: components["schemas"]["Comer"][];
            next_cursor: string | null;
        };
        Comer: {
            /** @description The name that they go by */
            name: string;
        };
        MyRsvpPage: {
            items: components["schemas"]["AnsweredEvent"][];
            next_cursor: string | null;
        };
        AnsweredEvent: {
            /** Format: uuid */
            id: string;
            title: string;
            description: string;
            /** @description Null if there is none, or if `place_audience` hides it from the caller */
            location: string | null;
            /** @description Null if there is none, or if `place_audience` hides it from the caller */
            online_url: string | null;
            /**
             * @description Who sees the location and the online address: everybody, active members, or those who have a seat
             * @enum {string}
             */
            place_audience: "everybody" | "members" | "accepted";
            tags: string[];
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            start_at: string;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            end_at: string;
            /** @description The IANA zone where it takes place */
            time_zone: string;
            cancelled_at: string | null;
            my_rsvp: components["schemas"]["MyRsvp"];
        };
        CalendarToken: {
            /** @description The feed, for your calendar. Whoever knows it can read it */
            url: string;
            show_titles: boolean;
        };
        ManagedEventPage: {
            items: components["schemas"]["ManagedEvent"][];
            next_cursor: string | null;
            /** @description How many items match the filters, on all pages together */
            total: number;
        };
        ManagedEvent: {
            /** Format: uuid */
            id: string;
            title: string;
            description: string;
            location: string;
            online_url: string | null;
            /**
             * @description Who sees the location and the online address: everybody, active members, or those who have a seat
             * @enum {string}
             */
            place_audience: "everybody" | "members" | "accepted";
            tags: string[];
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            start_at: string;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            end_at: string;
            /** @description The IANA zone where it takes place */
            time_zone: string;
            cancelled_at: string | null;
            /** @description Number of seats, or null if unlimited */
            capacity: number | null;
            /** @description Null if unlimited */
            seats_left: number | null;
            /** @description How many guests a person may bring. Each takes a seat */
            guests_limit: number;
            /** @description Whether people can wait for a seat when the event is full */
            waiting_list: boolean;
            answers_open_at: string | null;
            answers_close_at: string | null;
            /** @description People with these statuses may answer */
            welcome_statuses: components["schemas"]["UserStatus"][];
            contact_email: string | null;
            /** @description The picture of the event. Null without one */
            cover_url: string | null;
            /** @description The same with at most 256 pixels a side */
            cover_thumbnail_url: string | null;
            /** @description People who said yes, and their guests */
            coming: number;
            maybe: number;
            /** @description People on the waiting list */
            waiting: number;
            questions: components["schemas"]["Question"][];
            published: boolean;
            waiting_list_limit: number | null;
            promote_until_hours: number;
            /** @description People who are marked as present */
            present: number;
            /** @description The series that it belongs to */
            series_id: string | null;
            /** @description Its place in the series, from 1 */
            series_position: number | null;
            created_by: string | null;
            created_by_name: string | null;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            updated_at: string;
        };
        RsvpPage: {
            items: components["schemas"]["Rsvp"][];
            next_cursor: string | null;
            /** @description How many items match the filters, on all pages together */
            total: number;
        };
        Rsvp: {
            /** Format: uuid */
            user_id: string;
            first_name: string;
            last_name: string;
            pronouns: string | null;
            email: string | null;
            status: components["schemas"]["UserStatus"];
            /**
             * @description Whether photos of events may show the person: to nobody, to members, or to everybody
             * @enum {string}
             */
            photo_preference: "none" | "members" | "public";
            /** @description Null for somebody who came without an answer */
            rsvp_status: components["schemas"]["RsvpStatus"] | null;
            guests: number;
            /** @description The place on the waiting list, from 1 */
            position: number | null;
            /** @description Whether members may see the name */
            show_name: boolean;
            check_in_code: string;
            /** @description To the event's questions. They are deleted 30 days after the event */
            answers: components["schemas"]["QuestionAnswer"][];
            attended: boolean;
            attended_at: string | null;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            answered_at: string;
            /** @description The volunteer who answered for them */
            recorded_by: string | null;
        };
        Attendance: {
            /** @description How many people are marked as present */
            present: number;
            /** @description How many people and guests have a seat */
            expected: number;
            attendees: {
                /** Format: uuid */
                user_id: string;
                attended: boolean;
                attended_at: string | null;
                status: components["schemas"]["UserStatus"];
            }[];
        };
        CheckIn: {
            rsvp: {
                /** Format: uuid */
                user_id: string;
                first_name: string;
                last_name: string;
                pronouns: string | null;
                email: string | null;
                status: components["schemas"]["UserStatus"];
                /**
                 * @description Whether photos of events may show the person: to nobody, to members, or to everybody
                 * @enum {string}
                 */
                photo_preference: "none" | "members" | "public";
                /** @description Null for somebody who came without an answer */
                rsvp_status: components["schemas"]["RsvpStatus"] | null;
                guests: number;
                /** @description The place on the waiting list, from 1 */
                position: number | null;
                /** @description Whether members may see the name */
                show_name: boolean;
                check_in_code: string;
                attended: boolean;
                attended_at: string | null;
                /**
                 * Format: date-time
                 * @example 2027-03-01T18:30:00.000Z
                 */
                answered_at: string;
                /** @description The volunteer who answered for them */
                recorded_by: string | null;
            };
            /** @description How many people are marked as present */
            present: number;
            /** @description How many people and guests have a seat */
            expected: number;
        };
        GalleryPage: {
            items: components["schemas"]["GalleryPhoto"][];
            next_cursor: string | null;
        };
        GalleryPhoto: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            event_id: string;
            event_title: string;
            caption: string | null;
            /** @description Null while the photo is taken down. The link works for one to two hours, for whoever has it */
            url: string | null;
            /** @description A link to the same photo with at most 256 pixels a side */
            thumbnail_url: string | null;
            width: number | null;
            height: number | null;
            /** @description Where a volunteer put it. Photos without a position come after the others */
            position: number | null;
            /** @description When it was taken, if the camera wrote that down */
            taken_at: string | null;
            /** @description Null while it waits for a volunteer */
            accepted_at: string | null;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
        };
        ManagedPhotoPage: {
            items: components["schemas"]["ManagedPhoto"][];
            next_cursor: string | null;
            /** @description How many items match the filters, on all pages together */
            total: number;
        };
        ManagedPhoto: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            event_id: string;
            event_title: string;
            caption: string | null;
            /** @description Null while the photo is taken down. The link works for one to two hours, for whoever has it */
            url: string | null;
            /** @description A link to the same photo with at most 256 pixels a side */
            thumbnail_url: string | null;
            width: number | null;
            height: number | null;
            /** @description Where a volunteer put it. Photos without a position come after the others */
            position: number | null;
            /** @description When it was taken, if the camera wrote that down */
            taken_at: string | null;
            /** @description Null while it waits for a volunteer */
            accepted_at: string | null;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
            /** @enum {string} */
            visibility: "members" | "public";
            consent: boolean;
            /** @description What the photo and its thumbnail occupy */
            size_bytes: number;
            uploaded_by: string | null;
            uploaded_by_name: string | null;
            accepted_by: string | null;
            accepted_by_name: string | null;
            /** @description Since when it is hidden because somebody asked. It does not say who */
            takedown_at: string | null;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            updated_at: string;
        };
        UploadedPhotos: {
            /** @description In the order of the form */
            results: {
                /** @description The name of the file, as the form has it */
                name: string;
                /** @description Null if it was not stored */
                photo: components["schemas"]["ManagedPhoto"] | null;
                /** @description Why it was not stored: what a request with only this file would answer */
                error: {
                    status: number;
                    code: string;
                    detail: string;
                } | null;
            }[];
        };
        DoorLinkPage: {
            items: components["schemas"]["DoorLink"][];
            next_cursor: string | null;
        };
        DoorLink: {
            /** Format: uuid */
            id: string;
            /** @description Whom it is for */
            label: string;
            /** @description Whoever knows it sees who has a seat, while it works. Null once it was revoked */
            url: string | null;
            /**
             * Format: date-time
             * @description From when it works
             * @example 2027-03-01T18:30:00.000Z
             */
            opens_at: string;
            /**
             * Format: date-time
             * @description Until when it works
             * @example 2027-03-01T18:30:00.000Z
             */
            closes_at: string;
            /** @description How many people without a seat were counted with it */
            walk_ins: number;
            created_by_name: string | null;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
            revoked_at: string | null;
        };
        DoorList: {
            title: string;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            start_at: string;
            time_zone: string;
            /** @description How many people are marked as present */
            present: number;
            /** @description How many people and guests have a seat */
            expected: number;
            /** @description How many people without a seat were counted at the doors */
            walk_ins: number;
            /** @description Those who have a seat, by name */
            people: {
                name: string;
                check_in_code: string;
                guests: number;
                /** @enum {string} */
                photo_preference: "none" | "members" | "public";
                attended: boolean;
            }[];
            organisation: components["schemas"]["Branding"];
        };
        Recipients: {
            /** @description How many people would get it */
            count: number;
            /** @description Who would not: they have no confirmed address that accepts mail */
            left_out: components["schemas"]["NamedPerson"][];
        };
        SentMessage: {
            /** Format: uuid */
            id: string;
            /** @description How many people get it */
            count: number;
        };
        Repeated: {
            /** Format: uuid */
            series_id: string;
            events: {
                /** Format: uuid */
                id: string;
                series_position: number;
                /** Format: date-time */
                start_at: string;
                /** Format: date-time */
                end_at: string;
            }[];
        };
        NewsletterPage: {
            items: components["schemas"]["ArchivedNewsletter"][];
            next_cursor: string | null;
        };
        ArchivedNewsletter: {
            /** Format: uuid */
            id: string;
            title: string;
            description: string;
            /** @description Null: it is written here. `link`: it is elsewhere. `upload`: a PDF that we keep */
            document_type: ("link" | "upload") | null;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            published_at: string;
        };
        Newsletter: {
            /** Format: uuid */
            id: string;
            title: string;
            description: string;
            /** @description Null: it is written here. `link`: it is elsewhere. `upload`: a PDF that we keep */
            document_type: ("link" | "upload") | null;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            published_at: string;
            /** @description Safe to put into a page. It loads nothing from elsewhere. Null unless it is written here */
            html: string | null;
            /** @description Of a link or an upload. The link to an upload works for one to two hours, for whoever has it */
            url: string | null;
        };
        NewsletterInBrowser: {
            title: string;
            html: string;
            organisation: components["schemas"]["Branding"];
        };
        ManagedNewsletterPage: {
            items: components["schemas"]["NewsletterSummary"][];
            next_cursor: string | null;
            /** @description How many items match the filters, on all pages together */
            total: number;
        };
        NewsletterSummary: {
            /** Format: uuid */
            id: string;
            title: string;
            description: string;
            /** @description Null: it is written here. `link`: it is elsewhere. `upload`: a PDF that we keep */
            document_type: ("link" | "upload") | null;
            /** @description `scheduled`: the first email leaves at `send_at`. `sending`: its emails are being written to the outbox. `sent`: all of them are in the outbox */
            send_status: components["schemas"]["NewsletterSendStatus"];
            /** @description Until then, it can be stopped for everybody */
            send_at: string | null;
            /** @description From when it is in the archive */
            published_at: string | null;
            created_by: string | null;
            created_by_name: string | null;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            updated_at: string;
        };
        ManagedNewsletter: {
            /** Format: uuid */
            id: string;
            title: string;
            description: string;
            /** @description Null: it is written here. `link`: it is elsewhere. `upload`: a PDF that we keep */
            document_type: ("link" | "upload") | null;
            /** @description `scheduled`: the first email leaves at `send_at`. `sending`: its emails are being written to the outbox. `sent`: all of them are in the outbox */
            send_status: components["schemas"]["NewsletterSendStatus"];
            /** @description Until then, it can be stopped for everybody */
            send_at: string | null;
            /** @description From when it is in the archive */
            published_at: string | null;
            created_by: string | null;
            created_by_name: string | null;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            updated_at: string;
            subject: string | null;
            body: string;
            shows_events: boolean;
            recipient_statuses: components["schemas"]["UserStatus"][];
            recipient_tag: string | null;
            document_location: string | null;
            /** @description Where to read a link or an upload. Null for an upload without its file */
            url: string | null;
            sent_by: string | null;
            sent_by_name: string | null;
            stopped_at: string | null;
            statistics: components["schemas"]["NewsletterStatistics"];
        };
        NewsletterStatistics: {
            /** @description For how many people it was sent */
            recipients: number;
            /** @description For how many of them the email was written to the outbox */
            queued: number;
            /** @description How many unsubscribed after it, before the next one */
            unsubscribed: number;
            /** @description What became of the emails. Null before there are any, and once the outbox has forgotten them */
            emails: {
                pending: number;
                sent: number;
                failed: number;
                /** @description Not sent, because we decided so */
                withheld: number;
                bounced: number;
                complained: number;
            } | null;
        };
        NewsletterPreview: {
            subject: string;
            html: string;
            text: string;
            /** @description How many people would get it */
            recipients: number;
        };
        NewsletterRecipients: {
            /** @description How many people would get it. If it was sent before: of those whom it never reached */
            count: number;
            /** @description How many of those with these statuses and this tag would not get it, and why. Each counts once */
            left_out: {
                no_address: number;
                /** @description Nobody confirmed the address */
                unconfirmed: number;
                /** @description They want newsletters, but their address bounced, or complained about an email */
                suppressed: number;
                /** @description They wanted newsletters, and unsubscribed after one */
                unsubscribed: number;
                /** @description They never asked for newsletters */
                no_consent: number;
            };
        };
        StoppedNewsletter: {
            /** @description `draft` if nobody gets it: then it can be changed and sent again */
            send_status: components["schemas"]["NewsletterSendStatus"];
            /** @description How many people it was already handed over to the email provider for */
            handed_over: number;
            /** @description How many emails were taken back from the outbox */
            withdrawn: number;
        };
        FinancialReportPage: {
            items: components["schemas"]["FinancialReport"][];
            next_cursor: string | null;
        };
        FinancialReport: {
            /** Format: uuid */
            id: string;
            title: string;
            /**
             * @description `link`: it is elsewhere. `upload`: a PDF that we keep
             * @enum {string}
             */
            document_type: "link" | "upload";
            /** @description Where to read it. The link to an upload works for one to two hours, for whoever has it. Null: no file yet */
            url: string | null;
            /** @description Null for a link */
            size_bytes: number | null;
            /** @description Null while it is a draft */
            published_at: string | null;
            year: number;
        };
        BylawsPage: {
            items: components["schemas"]["Bylaws"][];
            next_cursor: string | null;
        };
        Bylaws: {
            /** Format: uuid */
            id: string;
            title: string;
            /**
             * @description `link`: it is elsewhere. `upload`: a PDF that we keep
             * @enum {string}
             */
            document_type: "link" | "upload";
            /** @description Where to read it. The link to an upload works for one to two hours, for whoever has it. Null: no file yet */
            url: string | null;
            /** @description Null for a link */
            size_bytes: number | null;
            /** @description Null while it is a draft */
            published_at: string | null;
            kind: components["schemas"]["DocumentKind"];
            version: string;
            /** Format: date */
            effective_on: string;
            /** @description Whether this version is in force. One version of each kind is */
            current: boolean;
            /** @description Whether people who accepted an earlier version are asked to accept this one */
            asks_again: boolean;
        };
        CurrentBylaws: {
            items: components["schemas"]["Bylaws"][];
        };
        MyDocuments: {
            /** @description The newest first */
            accepted: {
                /** Format: uuid */
                id: string;
                kind: components["schemas"]["DocumentKind"];
                title: string;
                version: string;
                /**
                 * Format: date-time
                 * @example 2027-03-01T18:30:00.000Z
                 */
                accepted_at: string;
            }[];
            /** @description What I am asked to accept */
            asked: components["schemas"]["Bylaws"][];
        };
        ManagedReportPage: {
            items: components["schemas"]["ManagedReport"][];
            next_cursor: string | null;
            /** @description How many items match the filters, on all pages together */
            total: number;
        };
        ManagedReport: {
            /** Format: uuid */
            id: string;
            title: string;
            /**
             * @description `link`: it is elsewhere. `upload`: a PDF that we keep
             * @enum {string}
             */
            document_type: "link" | "upload";
            /** @description Where to read it. The link to an upload works for one to two hours, for whoever has it. Null: no file yet */
            url: string | null;
            /** @description Null for a link */
            size_bytes: number | null;
            /** @description Null while it is a draft */
            published_at: string | null;
            year: number;
            /** @description The address of a link */
            document_location: string | null;
            created_by: string | null;
            created_by_name: string | null;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            updated_at: string;
        };
        ManagedBylawsPage: {
            items: components["schemas"]["ManagedBylaws"][];
            next_cursor: string | null;
            /** @description How many items match the filters, on all pages together */
            total: number;
        };
        ManagedBylaws: {
            /** Format: uuid */
            id: string;
            title: string;
            /**
             * @description `link`: it is elsewhere. `upload`: a PDF that we keep
             * @enum {string}
             */
            document_type: "link" | "upload";
            /** @description Where to read it. The link to an upload works for one to two hours, for whoever has it. Null: no file yet */
            url: string | null;
            /** @description Null for a link */
            size_bytes: number | null;
            /** @description Null while it is a draft */
            published_at: string | null;
            kind: components["schemas"]["DocumentKind"];
            version: string;
            /** Format: date */
            effective_on: string;
            /** @description Whether this version is in force. One version of each kind is */
            current: boolean;
            /** @description Whether people who accepted an earlier version are asked to accept this one */
            asks_again: boolean;
            /** @description The address of a link */
            document_location: string | null;
            created_by: string | null;
            created_by_name: string | null;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            updated_at: string;
            /** @description How many people accepted this version */
            accepted_by: number;
        };
        OfferedPlanPage: {
            items: components["schemas"]["OfferedPlan"][];
            next_cursor: string | null;
        };
        OfferedPlan: {
            /** Format: uuid */
            id: string;
            name: string;
            description: string;
            /** @example 2500 */
            price_cents: number;
            /**
             * @description The least that a member can choose to pay. Equals the price if that is fixed.
             * @example 2500
             */
            minimum_price_cents: number;
            suggested_price_cents: number | null;
            /** @description ISO 4217 code, in lower case */
            currency: string;
            /** @description `lifetime` and `custom` are paid once and do not renew automatically. */
            billing_cycle: components["schemas"]["BillingCycle"];
            /** @description Only for `custom`: with `term_end_day`, the last day of each term. */
            term_end_month: number | null;
            term_end_day: number | null;
            /** @description Members who join within this many days of the term's end pay for the next term, and get the rest of this one free */
            rollover_days: number;
            donation_allowed: boolean;
            position: number;
        };
        ManagedPlanPage: {
            items: components["schemas"]["ManagedPlan"][];
            next_cursor: string | null;
            /** @description How many items match the filters, on all pages together */
            total: number;
        };
        ManagedPlan: {
            /** Format: uuid */
            id: string;
            name: string;
            description: string;
            /** @example 2500 */
            price_cents: number;
            /**
             * @description The least that a member can choose to pay. Equals the price if that is fixed.
             * @example 2500
             */
            minimum_price_cents: number;
            suggested_price_cents: number | null;
            /** @description ISO 4217 code, in lower case */
            currency: string;
            /** @description `lifetime` and `custom` are paid once and do not renew automatically. */
            billing_cycle: components["schemas"]["BillingCycle"];
            /** @description Only for `custom`: with `term_end_day`, the last day of each term. */
            term_end_month: number | null;
            term_end_day: number | null;
            /** @description Members who join within this many days of the term's end pay for the next term, and get the rest of this one free */
            rollover_days: number;
            donation_allowed: boolean;
            position: number;
            /** @description Whether people can choose the plan */
            active: boolean;
            /** @description When the plan was archived. An archived plan cannot be chosen or edited. */
            archived_at: string | null;
            /** @description How many subscriptions to this plan are running */
            running_subscriptions: number;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            updated_at: string;
        };
        PlanRemoval: {
            /** @description True if the plan was archived because somebody had subscribed. False if it is deleted. */
            archived: boolean;
        };
        MySubscription: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            plan_id: string;
            plan_name: string;
            /** @description `pending`: a checkout that has not been paid */
            status: components["schemas"]["SubscriptionStatus"];
            billing_cycle: components["schemas"]["BillingCycle"];
            /** @example 2500 */
            base_subscription_cents: number;
            /** @example 2500 */
            donation_cents: number;
            /** @description ISO 4217, lower case */
            currency: string;
            payment_method: components["schemas"]["PaymentMethod"];
            /** @description If the term extends earlier ones that were recorded by hand, when the first of them began */
            current_term_start: string | null;
            /** @description Null for a lifetime */
            current_term_end: string | null;
            /** @description Whether dues are collected automatically when the term ends */
            renews: boolean;
            /** @description While past due, or while the subscription itself is paused at Stripe (which waives no dues): the person stays active until then */
            grace_ends_at: string | null;
            paused_at: string | null;
            /** @description Null if paused until further notice */
            resumes_at: string | null;
            /** @description Whether it ends with its term */
            cancel_at_period_end: boolean;
            /** @description When it was canceled. The term may still be running */
            cancelled_at: string | null;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
            card_brand: string | null;
            card_last4: string | null;
            card_exp_month: number | null;
            card_exp_year: number | null;
            /** @description A checkout that the member started for the time after this subscription */
            renewal: {
                /** Format: uuid */
                id: string;
                /** Format: uuid */
                plan_id: string;
                plan_name: string;
                /** @example 2500 */
                base_subscription_cents: number;
                /** @example 2500 */
                donation_cents: number;
                current_term_start: string | null;
                current_term_end: string | null;
                checkout_expires_at: string | null;
            } | null;
        };
        BillingPortal: {
            /**
             * Format: uri
             * @description Send the person here right away: the address soon expires
             */
            portal_url: string;
        };
        CheckoutSession: {
            /**
             * Format: uri
             * @description Send the person here to pay
             */
            checkout_url: string;
            /** @description Null if there is nothing to pay and everything is done */
            session_id: string | null;
        };
        SubscriptionPage: {
            items: components["schemas"]["SubscriptionSummary"][];
            next_cursor: string | null;
            /** @description How many items match the filters, on all pages together */
            total: number;
        };
        SubscriptionSummary: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            plan_id: string;
            plan_name: string;
            /** @description `pending`: a checkout that has not been paid */
            status: components["schemas"]["SubscriptionStatus"];
            billing_cycle: components["schemas"]["BillingCycle"];
            /** @example 2500 */
            base_subscription_cents: number;
            /** @example 2500 */
            donation_cents: number;
            /** @description ISO 4217, lower case */
            currency: string;
            payment_method: components["schemas"]["PaymentMethod"];
            /** @description If the term extends earlier ones that were recorded by hand, when the first of them began */
            current_term_start: string | null;
            /** @description Null for a lifetime */
            current_term_end: string | null;
            /** @description Whether dues are collected automatically when the term ends */
            renews: boolean;
            /** @description While past due, or while the subscription itself is paused at Stripe (which waives no dues): the person stays active until then */
            grace_ends_at: string | null;
            paused_at: string | null;
            /** @description Null if paused until further notice */
            resumes_at: string | null;
            /** @description Whether it ends with its term */
            cancel_at_period_end: boolean;
            /** @description When it was canceled. The term may still be running */
            cancelled_at: string | null;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
            member: {
                /** Format: uuid */
                id: string;
                first_name: string;
                last_name: string;
                email: string | null;
                status: components["schemas"]["UserStatus"];
            };
        };
        Subscription: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            plan_id: string;
            plan_name: string;
            /** @description `pending`: a checkout that has not been paid */
            status: components["schemas"]["SubscriptionStatus"];
            billing_cycle: components["schemas"]["BillingCycle"];
            /** @example 2500 */
            base_subscription_cents: number;
            /** @example 2500 */
            donation_cents: number;
            /** @description ISO 4217, lower case */
            currency: string;
            payment_method: components["schemas"]["PaymentMethod"];
            /** @description If the term extends earlier ones that were recorded by hand, when the first of them began */
            current_term_start: string | null;
            /** @description Null for a lifetime */
            current_term_end: string | null;
            /** @description Whether dues are collected automatically when the term ends */
            renews: boolean;
            /** @description While past due, or while the subscription itself is paused at Stripe (which waives no dues): the person stays active until then */
            grace_ends_at: string | null;
            paused_at: string | null;
            /** @description Null if paused until further notice */
            resumes_at: string | null;
            /** @description Whether it ends with its term */
            cancel_at_period_end: boolean;
            /** @description When it was canceled. The term may still be running */
            cancelled_at: string | null;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
            member: {
                /** Format: uuid */
                id: string;
                first_name: string;
                last_name: string;
                email: string | null;
                status: components["schemas"]["UserStatus"];
            };
            card_brand: string | null;
            card_last4: string | null;
            card_exp_month: number | null;
            card_exp_year: number | null;
            /** @description For volunteers only. Stripe and the member do not see it */
            cancel_reason: string | null;
            /** @description For volunteers only */
            notes: string | null;
            stripe_subscription_id: string | null;
            stripe_checkout_session_id: string | null;
            checkout_expires_at: string | null;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            updated_at: string;
            /** @description Newest first, at most 100 */
            payments: components["schemas"]["SubscriptionPayment"][];
            /** @description How many there are in all */
            payments_total: number;
        };
        SubscriptionPayment: {
            /** Format: uuid */
            id: string;
            /**
             * @description On receipts and statements. Unique, and it never changes. Null if nothing was paid
             * @example 1042
             */
            receipt_number: number | null;
            payment_method: components["schemas"]["PaymentMethod"];
            /** @example 2500 */
            base_subscription_cents: number;
            /** @example 2500 */
            donation_cents: number;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            paid_at: string;
            term_start: string | null;
            term_end: string | null;
            stripe_invoice_id: string | null;
            stripe_payment_intent_id: string | null;
            /** @description The volunteer who recorded it. Null if it was paid online */
            recorded_by: string | null;
            /** @description Newest first */
            reversals: components["schemas"]["Reversal"][];
        };
        Reversal: {
            /** Format: uuid */
            id: string;
            /**
             * @description `dispute`: the payer's bank took the money back. While `occurred_at` is null, it is only asking
             * @enum {string}
             */
            kind: "refund" | "dispute";
            /**
             * @description `requested`: we asked Stripe and have no answer yet. After that, Stripe's own status
             * @example succeeded
             */
            status: string;
            /** @example 2500 */
            amount_cents: number;
            reason: string | null;
            /** @description When the money left. Null if it has not */
            occurred_at: string | null;
            /** @description When the money came back, because the refund failed or the dispute was won */
            returned_at: string | null;
            /** @description The volunteer who asked for it. Null if it came from Stripe */
            requested_by: string | null;
            stripe_id: string | null;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
        };
        /** @description `active`, `past_due`, `paused`, `pending` and the recurring sums are as of now. Everything else is for the period, by day in the organization's time zone, and includes cash and checks */
        SubscriptionStats: {
            active: number;
            /** @description Their dues are late, during the grace period or after it */
            past_due: number;
            paused: number;
            /** @description Checkouts that have not been paid */
            pending: number;
            /**
             * @description Dues per month that Stripe collects: of active and past-due subscriptions that are not set to end. Quarterly dues count a third, yearly ones a twelfth. The sum is rounded down once, so the plans can add up to less than the total
             * @example 50000
             */
            monthly_recurring_cents: number;
            /**
             * @description The same for the donations on top of these dues
             * @example 50000
             */
            monthly_recurring_donation_cents: number;
            /** @description First payments of new members, and of former members who came back, also after canceling at once */
            new: number;
            /** @description All other payments of dues: each continues an earlier one */
            renewed: number;
            /** @description Paid subscriptions that ended, with no other one of the same person continuing them. They count on the last day of their last paid term, or when they were canceled at once */
            lost: number;
            /** @description Dues alone. A refund is taken from a payment's donation first */
            dues: components["schemas"]["Sums"];
            /** @description Donations paid together with dues */
            donations: components["schemas"]["Sums"];
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            /** @description ISO 4217, lower case */
            currency: string;
            /**
             * @description What Stripe kept for payments of dues including donations on top, for their refunds and for disputes about them, less what it gave back. Not part of any other figure
             * @example 2500
             */
            fees_cents: number;
            /** @description Every plan, also archived ones, by position. A payment counts for its subscription's current plan */
            by_plan: {
                active: number;
                /** @description Their dues are late, during the grace period or after it */
                past_due: number;
                paused: number;
                /** @description Checkouts that have not been paid */
                pending: number;
                /**
                 * @description Dues per month that Stripe collects: of active and past-due subscriptions that are not set to end. Quarterly dues count a third, yearly ones a twelfth. The sum is rounded down once, so the plans can add up to less than the total
                 * @example 50000
                 */
                monthly_recurring_cents: number;
                /**
                 * @description The same for the donations on top of these dues
                 * @example 50000
                 */
                monthly_recurring_donation_cents: number;
                /** @description First payments of new members, and of former members who came back, also after canceling at once */
                new: number;
                /** @description All other payments of dues: each continues an earlier one */
                renewed: number;
                /** @description Paid subscriptions that ended, with no other one of the same person continuing them. They count on the last day of their last paid term, or when they were canceled at once */
                lost: number;
                /** @description Dues alone. A refund is taken from a payment's donation first */
                dues: components["schemas"]["Sums"];
                /** @description Donations paid together with dues */
                donations: components["schemas"]["Sums"];
                /** Format: uuid */
                plan_id: string;
                plan_name: string;
                billing_cycle: components["schemas"]["BillingCycle"];
            }[];
            /** @description Every month with a day of the period in it, oldest first */
            by_month: {
                /** @description First payments of new members, and of former members who came back, also after canceling at once */
                new: number;
                /** @description All other payments of dues: each continues an earlier one */
                renewed: number;
                /** @description Paid subscriptions that ended, with no other one of the same person continuing them. They count on the last day of their last paid term, or when they were canceled at once */
                lost: number;
                /** @description Dues alone. A refund is taken from a payment's donation first */
                dues: components["schemas"]["Sums"];
                /** @description Donations paid together with dues */
                donations: components["schemas"]["Sums"];
                /** @example 2027-03 */
                month: string;
            }[];
        };
        Sums: {
            /**
             * @description What was paid
             * @example 2500
             */
            received_cents: number;
            /**
             * @description Refunds, less refunds that failed and came back. Can be below zero
             * @example 2500
             */
            refunded_cents: number;
            /**
             * @description What banks took back in disputes, less disputes that we won. Can be below zero
             * @example 2500
             */
            disputed_cents: number;
            /**
             * @description received_cents less refunded_cents and disputed_cents
             * @example 2500
             */
            net_cents: number;
        };
        SyncedSubscription: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            plan_id: string;
            plan_name: string;
            /** @description `pending`: a checkout that has not been paid */
            status: components["schemas"]["SubscriptionStatus"];
            billing_cycle: components["schemas"]["BillingCycle"];
            /** @example 2500 */
            base_subscription_cents: number;
            /** @example 2500 */
            donation_cents: number;
            /** @description ISO 4217, lower case */
            currency: string;
            payment_method: components["schemas"]["PaymentMethod"];
            /** @description If the term extends earlier ones that were recorded by hand, when the first of them began */
            current_term_start: string | null;
            /** @description Null for a lifetime */
            current_term_end: string | null;
            /** @description Whether dues are collected automatically when the term ends */
            renews: boolean;
            /** @description While past due, or while the subscription itself is paused at Stripe (which waives no dues): the person stays active until then */
            grace_ends_at: string | null;
            paused_at: string | null;
            /** @description Null if paused until further notice */
            resumes_at: string | null;
            /** @description Whether it ends with its term */
            cancel_at_period_end: boolean;
            /** @description When it was canceled. The term may still be running */
            cancelled_at: string | null;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
            member: {
                /** Format: uuid */
                id: string;
                first_name: string;
                last_name: string;
                email: string | null;
                status: components["schemas"]["UserStatus"];
            };
            card_brand: string | null;
            card_last4: string | null;
            card_exp_month: number | null;
            card_exp_year: number | null;
            /** @description For volunteers only. Stripe and the member do not see it */
            cancel_reason: string | null;
            /** @description For volunteers only */
            notes: string | null;
            stripe_subscription_id: string | null;
            stripe_checkout_session_id: string | null;
            checkout_expires_at: string | null;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            updated_at: string;
            /** @description Newest first, at most 100 */
            payments: components["schemas"]["SubscriptionPayment"][];
            /** @description How many there are in all */
            payments_total: number;
            /** @description The fields of the subscription and its member that have changed */
            changes: string[];
            /**
             * @description `ignored`: it is not one of ours; `parked`: a volunteer has to decide
             * @enum {string}
             */
            outcome: "applied" | "ignored" | "parked";
            /** @description Why it was not applied */
            reason: string | null;
        };
        MyDonationPage: {
            items: components["schemas"]["MyDonation"][];
            next_cursor: string | null;
        };
        MyDonation: {
            /** Format: uuid */
            id: string;
            /**
             * @description `subscription_top_up`: given on top of membership dues, in the same payment
             * @enum {string}
             */
            kind: "donation" | "subscription_top_up";
            status: components["schemas"]["DonationStatus"];
            /** @example 2500 */
            amount_cents: number;
            /**
             * @description What was refunded, or taken back by the bank
             * @example 2500
             */
            refunded_cents: number;
            /** @example 2500 */
            net_cents: number;
            /**
             * @description ISO 4217, lower case
             * @example usd
             */
            currency: string;
            /**
             * @description On receipts and statements. Unique, and it never changes. Null if nothing was paid
             * @example 1042
             */
            receipt_number: number | null;
            payment_method: components["schemas"]["PaymentMethod"];
            message: string | null;
            anonymous: boolean;
            /**
             * Format: date-time
             * @description When it was paid. Until then, when it was started
             * @example 2027-03-01T18:30:00.000Z
             */
            given_at: string;
        };
        GivingStatement: {
            year: number;
            /**
             * Format: date-time
             * @description When this statement was made. Later changes are not in it
             * @example 2027-03-01T18:30:00.000Z
             */
            as_of: string;
            /**
             * @description ISO 4217, lower case
             * @example usd
             */
            currency: string;
            organisation: components["schemas"]["StatementRecipient"];
            donor_name: string;
            /** @description Only of a donor without an account: the statement covers what this address gave */
            donor_email: string | null;
            donations: {
                /**
                 * @description What came in during the year
                 * @example 2500
                 */
                amount_cents: number;
                /**
                 * @description What went back during the year, minus what came back from failed refunds and won disputes. Can be negative
                 * @example 2500
                 */
                refunded_cents: number;
                /**
                 * @description `amount_cents` minus `refunded_cents`
                 * @example 2500
                 */
                net_cents: number;
                lines: components["schemas"]["StatementLine"][];
            };
            /** @description What the member gave on top of membership dues */
            subscription_top_ups: {
                /**
                 * @description What came in during the year
                 * @example 2500
                 */
                amount_cents: number;
                /**
                 * @description What went back during the year, minus what came back from failed refunds and won disputes. Can be negative
                 * @example 2500
                 */
                refunded_cents: number;
                /**
                 * @description `amount_cents` minus `refunded_cents`
                 * @example 2500
                 */
                net_cents: number;
                lines: components["schemas"]["StatementLine"][];
            };
            /** @description Donations and what the member gave on top of dues, but not the dues */
            total: {
                /**
                 * @description What came in during the year
                 * @example 2500
                 */
                amount_cents: number;
                /**
                 * @description What went back during the year, minus what came back from failed refunds and won disputes. Can be negative
                 * @example 2500
                 */
                refunded_cents: number;
                /**
                 * @description `amount_cents` minus `refunded_cents`
                 * @example 2500
                 */
                net_cents: number;
            };
            dues: {
                /**
                 * @description What came in during the year
                 * @example 2500
                 */
                amount_cents: number;
                /**
                 * @description What went back during the year, minus what came back from failed refunds and won disputes. Can be negative
                 * @example 2500
                 */
                refunded_cents: number;
                /**
                 * @description `amount_cents` minus `refunded_cents`
                 * @example 2500
                 */
                net_cents: number;
                lines: components["schemas"]["StatementLine"][];
            };
        };
        StatementRecipient: {
            name: string;
            primary_colour: string;
            accent_colour: string;
            /** @description A PNG of at most 600 × 160 pixels, for light ground */
            logo_url: string | null;
            /** @description The same for dark ground */
            logo_dark_url: string | null;
            /**
             * @description The time zone in which the year begins and ends
             * @example America/New_York
             */
            time_zone: string;
            postal_address: string | null;
            contact_email: string | null;
            tax_id: string | null;
            /** @description What the organization declares about donations */
            acknowledgement: string | null;
        };
        StatementLine: {
            /**
             * @description What came in during the year
             * @example 2500
             */
            amount_cents: number;
            /**
             * @description What went back during the year, minus what came back from failed refunds and won disputes. Can be negative
             * @example 2500
             */
            refunded_cents: number;
            /**
             * @description `amount_cents` minus `refunded_cents`
             * @example 2500
             */
            net_cents: number;
            /** @enum {string} */
            kind: "donation" | "subscription_top_up" | "dues";
            /**
             * @description The number on its receipt. A payment of dues with a donation on top has one number and two lines
             * @example 1042
             */
            receipt_number: number;
            /**
             * Format: date-time
             * @description When it was paid. Can be before the year, if money went back later
             * @example 2027-03-01T18:30:00.000Z
             */
            paid_at: string;
            payment_method: components["schemas"]["PaymentMethod"];
        };
        /** @description Donations received in the period, online, in cash and by check, and what was paid back. Days and months are those of the organization's time zone */
        DonationStats: {
            /**
             * @description What was paid
             * @example 2500
             */
            received_cents: number;
            /**
             * @description Refunds, less refunds that failed and came back. Can be below zero
             * @example 2500
             */
            refunded_cents: number;
            /**
             * @description What banks took back in disputes, less disputes that we won. Can be below zero
             * @example 2500
             */
            disputed_cents: number;
            /**
             * @description received_cents less refunded_cents and disputed_cents
             * @example 2500
             */
            net_cents: number;
            /** @description How many donations were paid */
            donations: number;
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            /**
             * @description ISO 4217, lower case
             * @example usd
             */
            currency: string;
            /**
             * @description What Stripe kept for donations, for their refunds and for disputes about them, less what it gave back. Not part of any other figure
             * @example 2500
             */
            fees_cents: number;
            /** @description How many people gave. Members count once, others once per email address. A donation with neither counts by itself */
            donors: number;
            /** @description `member`: given by a member who was signed in, or recorded for one. `public`: everything else */
            by_type: {
                member: {
                    /**
                     * @description What was paid
                     * @example 2500
                     */
                    received_cents: number;
                    /**
                     * @description Refunds, less refunds that failed and came back. Can be below zero
                     * @example 2500
                     */
                    refunded_cents: number;
                    /**
                     * @description What banks took back in disputes, less disputes that we won. Can be below zero
                     * @example 2500
                     */
                    disputed_cents: number;
                    /**
                     * @description received_cents less refunded_cents and disputed_cents
                     * @example 2500
                     */
                    net_cents: number;
                    /** @description How many donations were paid */
                    donations: number;
                };
                public: {
                    /**
                     * @description What was paid
                     * @example 2500
                     */
                    received_cents: number;
                    /**
                     * @description Refunds, less refunds that failed and came back. Can be below zero
                     * @example 2500
                     */
                    refunded_cents: number;
                    /**
                     * @description What banks took back in disputes, less disputes that we won. Can be below zero
                     * @example 2500
                     */
                    disputed_cents: number;
                    /**
                     * @description received_cents less refunded_cents and disputed_cents
                     * @example 2500
                     */
                    net_cents: number;
                    /** @description How many donations were paid */
                    donations: number;
                };
            };
            /** @description Every month with a day of the period in it, oldest first */
            by_month: {
                /**
                 * @description What was paid
                 * @example 2500
                 */
                received_cents: number;
                /**
                 * @description Refunds, less refunds that failed and came back. Can be below zero
                 * @example 2500
                 */
                refunded_cents: number;
                /**
                 * @description What banks took back in disputes, less disputes that we won. Can be below zero
                 * @example 2500
                 */
                disputed_cents: number;
                /**
                 * @description received_cents less refunded_cents and disputed_cents
                 * @example 2500
                 */
                net_cents: number;
                /** @description How many donations were paid */
                donations: number;
                /** @example 2027-03 */
                month: string;
                /** @description Given on top of dues. Not part of the month's other figures */
                top_ups: components["schemas"]["Sums"];
            }[];
            /** @description What was given on top of membership dues, in the same payment. Not part of the other figures. A refund of such a payment takes the donation first */
            top_ups: {
                /**
                 * @description What was paid
                 * @example 2500
                 */
                received_cents: number;
                /**
                 * @description Refunds, less refunds that failed and came back. Can be below zero
                 * @example 2500
                 */
                refunded_cents: number;
                /**
                 * @description What banks took back in disputes, less disputes that we won. Can be below zero
                 * @example 2500
                 */
                disputed_cents: number;
                /**
                 * @description received_cents less refunded_cents and disputed_cents
                 * @example 2500
                 */
                net_cents: number;
                /** @description How many payments of dues included a donation */
                payments: number;
            };
        };
        DonationPage: {
            items: components["schemas"]["DonationSummary"][];
            next_cursor: string | null;
            /** @description How many items match the filters, on all pages together */
            total: number;
        };
        Donation: {
            /** Format: uuid */
            id: string;
            donation_type: components["schemas"]["DonationType"];
            status: components["schemas"]["DonationStatus"];
            /**
             * @description The amount that was paid. Until then, the amount that the donor chose
             * @example 2500
             */
            amount_cents: number;
            /** @description What was refunded, or taken back by the bank */
            refunded_cents: number;
            /** @description The amount that was paid, less what was refunded or taken back */
            net_cents: number;
            /**
             * @description ISO 4217, lower case
             * @example usd
             */
            currency: string;
            payment_method: components["schemas"]["PaymentMethod"];
            /** @description The member. Null for public donations */
            user_id: string | null;
            donor_name: string | null;
            donor_email: string | null;
            message: string | null;
            /** @description True if the donor does not want to be named. Only holders of `donations.view` then see the fields that say who it is */
            anonymous: boolean;
            paid_at: string | null;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
            /**
             * @description On receipts and statements. Unique, and it never changes. Null if nothing was paid
             * @example 1042
             */
            receipt_number: number | null;
            /** @description For volunteers. Never shown to the donor */
            notes: string | null;
            /** @description The volunteer who recorded it. Null if it was made online */
            recorded_by: string | null;
            checkout_expires_at: string | null;
            stripe_checkout_session_id: string | null;
            stripe_payment_intent_id: string | null;
            /** @description Refunds and disputes, newest first */
            reversals: components["schemas"]["Reversal"][];
            /** @description The mails with its receipt, newest first. We delete mails after 90 days */
            receipts: components["schemas"]["DonationReceipt"][];
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            updated_at: string;
        };
        DonationReceipt: {
            to_email: string | null;
            /** @enum {string} */
            status: "pending" | "sent" | "failed" | "withheld";
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
            sent_at: string | null;
        };
        Received: {
            /** @constant */
            received: true;
        };
        WebhookEventPage: {
            items: components["schemas"]["WebhookEvent"][];
            next_cursor: string | null;
            /** @description How many items match the filters, on all pages together */
            total: number;
        };
        WebhookEvent: {
            /** @example evt_1Rz2Xk2eZvKYlo2CXGQYqQ0V */
            id: string;
            /** @example invoice.paid */
            type: string;
            /** @description The Stripe object that the event is about */
            object_id: string | null;
            /**
             * @description `ignored`: not ours, not of interest, or dismissed by a volunteer; `parked`: needs a person, see `reason`
             * @enum {string}
             */
            status: "applied" | "ignored" | "parked";
            reason: string | null;
            /** @description How many times it was delivered, replayed or reconciled */
            deliveries: number;
            /**
             * Format: date-time
             * @description When it happened at Stripe
             * @example 2027-03-01T18:30:00.000Z
             */
            stripe_created_at: string;
            /**
             * Format: date-time
             * @description When we first received it
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            updated_at: string;
        };
        OutboxPage: {
            items: components["schemas"]["OutboxMail"][];
            next_cursor: string | null;
            /** @description How many items match the filters, on all pages together */
            total: number;
        };
        OutboxMail: {
            /** Format: uuid */
            id: string;
            /** @example approval */
            template: string;
            /** @description 0: account security; 1: what somebody waits for; 2: bulk */
            lane: number;
            to_email: string;
            /** @description Null: the address belongs to nobody here */
            user_id: string | null;
            /**
             * @description `withheld`: we decided not to send it; see `last_error`
             * @enum {string}
             */
            status: "pending" | "sent" | "failed" | "withheld";
            attempts: number;
            /** @description When it is tried next. Null unless it is pending */
            next_attempt_at: string | null;
            /** @description Why it was not sent. `suppressed`: we no longer write to the address; `unsubscribed`: the person does not want such mails */
            last_error: string | null;
            sent_at: string | null;
            /** @description What the provider told us became of it. Null: nothing yet */
            feedback: ("delivered" | "bounced" | "complained") | null;
            feedback_at: string | null;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            created_at: string;
        };
        MailHealth: {
            /** @description Today and the 6 days before, the newest first */
            days: {
                /** Format: date */
                day: string;
                sent: number;
                /** @description Of those sent on that day; so are the next two */
                delivered: number;
                bounced: number;
                complained: number;
                /** @description Given up on, of those written on that day */
                failed: number;
                /** @description Not sent on purpose, of those written on that day */
                withheld: number;
            }[];
            /** @description What has not been sent yet, by lane */
            waiting: {
                /** @description 0: account security; 1: what somebody waits for; 2: bulk */
                lane: number;
                mails: number;
                /** @description Since when the oldest that is due has been waiting. Null: none is */
                oldest_due_at: string | null;
            }[];
            sent_today: number;
            /** @description What the provider lets us send in a day. Null: no limit */
            mails_per_day: number | null;
            /** @description Today, only mails about the security of accounts still go out */
            day_spent: boolean;
        };
        JobRunPage: {
            items: components["schemas"]["JobRun"][];
            next_cursor: string | null;
            /** @description How many items match the filters, on all pages together */
            total: number;
        };
        JobRun: {
            /** Format: uuid */
            id: string;
            /** @example reconcile */
            job: string;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            started_at: string;
            finished_at: string | null;
            /** @description Null while the job is running, or if the platform stopped it before it finished */
            outcome: ("succeeded" | "failed") | null;
            /**
             * @description What the job did. The fields depend on the job; a failed run also has `failure`, the kind of error.
             * @example {
             *       "sent": 3,
             *       "failed": 0
             *     }
             */
            report: {
                [key: string]: unknown;
            };
        };
        ReminderPage: {
            items: components["schemas"]["Reminder"][];
            next_cursor: string | null;
            /** @description How many items match the filters, on all pages together */
            total: number;
            /** @description What comes in the next 90 days for the person of `user_id`. Empty without one */
            next: components["schemas"]["UpcomingReminder"][];
        };
        Reminder: {
            /** Format: uuid */
            id: string;
            /** @example term_ending */
            kind: string;
            /**
             * Format: uuid
             * @description The event, the subscription or the person that it is about
             */
            subject_id: string;
            /** @description Whom it goes to */
            person: components["schemas"]["NamedPerson"] | null;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            due_at: string;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            decided_at: string;
            /** @description `sent`: the email is in the outbox. `moot`: no longer true, or a later one took its place. `suppressed`: no address that takes mail. `opted_out`: the person does not want such mail. `too_late`: noticed too late */
            outcome: components["schemas"]["ReminderOutcome"];
            /** @description Why it did not go out */
            reason: string | null;
            /** @description In the outbox, as long as it is kept there */
            email_id: string | null;
            email_status: ("pending" | "sent" | "failed" | "withheld") | null;
            sent_at: string | null;
        };
        UpcomingReminder: {
            /** @example term_ending */
            kind: string;
            /** Format: uuid */
            subject_id: string;
            person: components["schemas"]["NamedPerson"] | null;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            due_at: string;
            /**
             * @description What will become of it if nothing changes
             * @enum {string}
             */
            outcome: components["schemas"]["ReminderOutcome"];
            reason: string | null;
        };
        ReminderPreview: {
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            until: string;
            total: number;
            /** @description The first 500, the earliest first */
            items: components["schemas"]["UpcomingReminder"][];
        };
        EmailTemplateList: {
            items: components["schemas"]["EmailTemplateSummary"][];
        };
        EmailTemplateSummary: {
            /** @example approval */
            key: string;
            /** @description As it is now, with its placeholders */
            subject: string;
            /** @description Whether volunteers changed any of its words */
            changed: boolean;
        };
        EmailTemplate: {
            /** @example approval */
            key: string;
            subject: {
                /** @example what_happened */
                name: string;
                original: string;
                /** @description What volunteers wrote instead. Null: the original is used */
                changed: string | null;
                /** @description Which placeholders the text may have, such as `first_name` for {first_name} */
                placeholders: string[];
                /** @description Which of them it must have */
                required: string[];
            };
            /** @description The other texts. Some are used only on some occasions */
            texts: {
                /** @example what_happened */
                name: string;
                original: string;
                /** @description What volunteers wrote instead. Null: the original is used */
                changed: string | null;
                /** @description Which placeholders the text may have, such as `first_name` for {first_name} */
                placeholders: string[];
                /** @description Which of them it must have */
                required: string[];
            }[];
            /** @description The email as it is now, with sample data */
            preview: {
                subject: string;
                preheader: string;
                html: string;
                text: string;
            };
        };
        OrganisationSettings: {
            /**
             * @description What emails, pages and documents call the organization
             * @example LOAF
             */
            name: string;
            /**
             * @description For headings and buttons. Text on it is white, so its contrast is at least 4.5:1
             * @example #6a2c91
             */
            primary_colour: string;
            /**
             * @description For lines and highlights
             * @example #e4572e
             */
            accent_colour: string;
            /**
             * @description Days in emails, receipts, statements and figures begin and end in this time zone
             * @example America/New_York
             */
            time_zone: string;
            /**
             * @description ISO 3166-1 code
             * @example US
             */
            country: string;
            /**
             * @description On receipts and statements, in several lines
             * @example 1 Example Street
             *     New York, NY 10001
             */
            postal_address: string | null;
            /** @description Where people can ask questions. Emails, receipts and statements name it */
            contact_email: unknown | null;
            /**
             * @description On receipts and statements
             * @example 12-3456789
             */
            tax_id: string | null;
            /**
             * @description What receipts and statements say about donations for the tax office
             * @example No goods or services were provided in exchange for this gift.
             */
            acknowledgement: string | null;
            /** @description How many days members stay active while their dues are past due */
            grace_days: number;
            /**
             * @description The least that somebody can donate online
             * @example 2500
             */
            donation_minimum_cents: number;
            /**
             * @description The most that somebody can donate online at once
             * @example 2500
             */
            donation_maximum_cents: number;
            /**
             * @description What donors read on their card statement after the account's own name
             * @example DONATION
             */
            statement_descriptor_suffix: string | null;
            /** @description Where replies to emails about membership and dues go. If null, to the contact address */
            membership_email: unknown | null;
            /** @description Where replies to emails about events go. If null, to the contact address */
            events_email: unknown | null;
            /** @description Where replies to newsletters go. If null, to the contact address */
            newsletter_email: unknown | null;
            /** @description How many emails your email provider accepts per second */
            mails_per_second: number;
            /** @description How many emails your email provider accepts per day (UTC). If null, there is no limit */
            mails_per_day: number | null;
            /** @description Whether the sender, subject and preview of emails reveal nothing about the organization */
            discreet_mails: boolean;
            /** @description Words that no subject or preview of an email contains while emails are discreet */
            sensitive_words: string[];
            /** @description How many hours before an event those who come are reminded */
            event_reminder_hours: number[];
            /** @description How many days after approval people are reminded of their dues */
            payment_reminder_days: number[];
            /** @description How many days before their membership ends members are reminded */
            renewal_reminder_days: number[];
            /** @description How many days after dues are past due members are reminded */
            past_due_reminder_days: number[];
            /** @description How many days we keep emails that were sent */
            keep_mails_days: number;
            /** @description How many days we keep sign-ins and ended sessions */
            keep_sign_ins_days: number;
            /** @description How many days after an event we keep what people answered to its questions */
            keep_answers_days: number;
            /** @description A PNG of at most 600 × 160 pixels, for light ground */
            logo_url: string | null;
            /** @description The same for dark ground */
            logo_dark_url: string | null;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            updated_at: string;
        };
        Dashboard: {
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            as_of: string;
            /** @example usd */
            currency: string;
            /** @description What waits for somebody, most urgent first */
            waiting: components["schemas"]["Waiting"][];
            members: {
                all: components["schemas"]["CountWithList"];
                by_status: {
                    count: number;
                    /**
                     * @description The list at this API whose total is this count
                     * @example /api/admin/users?status=active
                     */
                    url: string;
                    status: components["schemas"]["UserStatus"];
                }[];
            };
            /** @description Active memberships whose term ends in this month and the five that follow */
            renewals?: {
                count: number;
                /**
                 * @description The list at this API whose total is this count
                 * @example /api/admin/users?status=active
                 */
                url: string;
                /** @example 2027-03 */
                month: string;
            }[];
            events?: {
                upcoming: components["schemas"]["CountWithList"];
                /** @description The next five */
                next: components["schemas"]["ComingEvent"][];
            };
            dues?: components["schemas"]["MoneyOfMonthAndYear"];
            /** @description Donations, and what was given on top of dues */
            donations?: components["schemas"]["MoneyOfMonthAndYear"];
            storage?: {
                used_bytes: number;
                limit_bytes: number;
                /** @example /api/admin/users?status=active */
                url: string;
            };
            /** @description This month and the eleven before it, the earliest first */
            months: {
                /** @example 2027-03 */
                month: string;
                /** @description People who came to the organization in this month */
                joined: components["schemas"]["CountWithList"];
                /** @description Memberships that ended in this month, and were not renewed */
                expired?: components["schemas"]["CountWithList"];
                /** @description Canceled memberships whose term ended in this month */
                cancelled?: components["schemas"]["CountWithList"];
                dues?: components["schemas"]["MoneyWithExport"];
                donations?: components["schemas"]["MoneyWithExport"];
            }[];
        };
        Waiting: {
            /** @enum {string} */
            code: "applications" | "approvals" | "erasures" | "past_due" | "parked_events" | "offered_photos" | "imports" | "failed_mails" | "failed_jobs";
            count: number;
            /** @description Since when the oldest waits. Null if nothing does */
            oldest_at: string | null;
            /**
             * @description The list at this API whose total is this count
             * @example /api/admin/users?status=active
             */
            url: string;
        };
        CountWithList: {
            count: number;
            /**
             * @description The list at this API whose total is this count
             * @example /api/admin/users?status=active
             */
            url: string;
        };
        ComingEvent: {
            /** Format: uuid */
            id: string;
            title: string;
            /**
             * Format: date-time
             * @example 2027-03-01T18:30:00.000Z
             */
            start_at: string;
            capacity: number | null;
            /** @description People who said yes, and their guests */
            coming: number;
            /** @description People on the waiting list */
            waiting: number;
            /** @example /api/admin/users?status=active */
            url: string;
        };
        MoneyOfMonthAndYear: {
            /** @description This month */
            month: components["schemas"]["MoneyWithExport"];
            /** @description This calendar year */
            year: components["schemas"]["MoneyWithExport"];
        };
        MoneyWithExport: {
            /**
             * @description What was paid
             * @example 2500
             */
            received_cents: number;
            /**
             * @description Refunds, less refunds that failed and came back. Can be below zero
             * @example 2500
             */
            refunded_cents: number;
            /**
             * @description What banks took back in disputes, less disputes that we won. Can be below zero
             * @example 2500
             */
            disputed_cents: number;
            /**
             * @description received_cents less refunded_cents and disputed_cents
             * @example 2500
             */
            net_cents: number;
            /** @description The export of the ledger whose lines, without those of fees, add up to `net_cents`. Null if you may not export them */
            export_url: string | null;
        };
        Navigation: {
            groups: {
                /** @example people */
                code: string;
                /** @example People */
                label: string;
                entries: {
                    /** @example members */
                    code: string;
                    /** @example Members */
                    label: string;
                    /**
                     * @description The list at this API that it opens
                     * @example /api/admin/users?status=active
                     */
                    url: string;
                    /** @description How much waits there for somebody. Null where nothing can */
                    waiting: components["schemas"]["CountWithList"] | null;
                }[];
            }[];
        };
        PublicBranding: {
            name: string;
            primary_colour: string;
            accent_colour: string;
            /** @description A PNG of at most 600 × 160 pixels, for light ground */
            logo_url: string | null;
            /** @description The same for dark ground */
            logo_dark_url: string | null;
            /**
             * @description Days in emails, receipts, statements and figures begin and end in this time zone
             * @example America/New_York
             */
            time_zone: string;
            /**
             * @description ISO 3166-1 code
             * @example US
             */
            country: string;
            /** @description Where people can ask questions. Emails, receipts and statements name it */
            contact_email: unknown | null;
            /**
             * @description The least that somebody can donate online
             * @example 2500
             */
            donation_minimum_cents: number;
            /**
             * @description The most that somebody can donate online at once
             * @example 2500
             */
            donation_maximum_cents: number;
            /** @description ISO 4217 code, in lower case: of all dues and donations */
            currency: string;
            /** @description For Stripe's own elements. Null if it is not set */
            stripe_publishable_key: string | null;
        };
        AuditEntryPage: {
            items: components["schemas"]["AuditEntry"][];
            next_cursor: string | null;
            /** @description How many items match the filters, on all pages together */
            total: number;
        };
        StorageUsage: {
            used_bytes: number;
            /** @description Uploads that do not fit are refused with 413 `storage_full` */
            limit_bytes: number;
            /**
             * @description Which threshold is reached
             * @enum {string}
             */
            level: "ok" | "warning" | "critical";
            /** @description 80% and 95% of the limit */
            thresholds: {
                warning_bytes: number;
                critical_bytes: number;
            };
            /** @description What it is used for. Their bytes add up to `used_bytes` */
            by_kind: {
                /** @enum {string} */
                kind: "profile_photo" | "event_photo" | "event_cover" | "logo" | "document";
                files: number;
                bytes: number;
            }[];
            /** @description Whether our records are being compared with what is stored */
            comparing: boolean;
            /** @description When the last comparison ended */
            compared_at: string | null;
            /** @description What the last comparison found */
            comparison: components["schemas"]["StorageComparison"] | null;
        };
        StorageComparison: {
            /** @description How many objects there are */
            objects: number;
            /** @description Objects that belong to no file */
            unmatched: number;
            /** @description Files that we deleted because they had had no record for 30 days */
            removed: number;
            /** @description Files whose size we had wrong. It is corrected */
            corrected: number;
            /** @description Files without any object. Nobody can see them. They stay as they are */
            missing: number;
            /** @description The first 50 of them */
            missing_ids: string[];
            /** @description Objects that this platform did not name. They stay as they are */
            unknown: number;
        };
        /** @description Case and spaces at the ends do not matter */
        TagsOutput: {
            tags: unknown;
        };
        /**
         * @example {
         *       "detail": "There is nothing at this address.",
         *       "code": "not_found",
         *       "request_id": "4565a9c0-db5b-4a2a-a456-1f2e498cbd2a"
         *     }
         */
        Problem: {
            /** @description What went wrong, in a sentence */
            detail: string;
            /** @description The same, for a program */
            code: string;
            /** @description Name this when asking for help */
            request_id: string;
            /** @description Each invalid field, when the input is not valid */
            errors?: {
                path: string;
                message: string;
            }[];
        };
    };
    responses: {
        /** @description The input is not valid. `errors` names each field */
        "400_invalid_input": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_input";
                };
            };
        };
        /** @description Too many requests. Wait for `Retry-After` seconds */
        "429_too_many_requests": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "too_many_requests";
                };
            };
        };
        /** @description An internal error. We logged it with the request id */
        "500_internal_error": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "internal_error";
                };
            };
        };
        /** @description A service we depend on is not responding. The request may have been completed, but never partly. Check, then try again */
        "503_database_unavailable_misconfigured": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "database_unavailable" | "misconfigured";
                };
            };
        };
        /** @description The input is not valid. `errors` names each field */
        "400_invalid_input_malformed_body_turnstile_failed": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_input" | "malformed_body" | "turnstile_failed";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_already_registered_document_not_current": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "already_registered" | "document_not_current";
                };
            };
        };
        /** @description The body is too large */
        "413_body_too_large": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "body_too_large";
                };
            };
        };
        /** @description The body has the wrong type */
        "415_unsupported_media_type": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "unsupported_media_type";
                };
            };
        };
        /** @description A service we depend on is not responding. The request may have been completed, but never partly. Check, then try again */
        "503_database_unavailable_misconfigured_turnstile_unavailable": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "database_unavailable" | "misconfigured" | "turnstile_unavailable";
                };
            };
        };
        /** @description The input is not valid. `errors` names each field */
        "400_invalid_input_malformed_body": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_input" | "malformed_body";
                };
            };
        };
        /** @description The input is not valid. `errors` names each field */
        "400_invalid_input_link_expired_link_not_valid": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_input" | "link_expired" | "link_not_valid";
                };
            };
        };
        /** @description The input is not valid. `errors` names each field */
        "400_invalid_input_link_expired_link_not_valid_malformed_body": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_input" | "link_expired" | "link_not_valid" | "malformed_body";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_address_confirmed_already_exists": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "address_confirmed" | "already_exists";
                };
            };
        };
        /** @description Not signed in, or the session has ended */
        "401_invalid_credentials": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "WWW-Authenticate": components["headers"]["WWWAuthenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_credentials";
                };
            };
        };
        /** @description Too many requests. Wait for `Retry-After` seconds */
        "429_too_many_attempts_too_many_requests": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "too_many_attempts" | "too_many_requests";
                };
            };
        };
        /** @description Not signed in, or the session has ended */
        "401_session_ended": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "WWW-Authenticate": components["headers"]["WWWAuthenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "session_ended";
                };
            };
        };
        /** @description The input is not valid. `errors` names each field */
        "400_amount_too_large_amount_too_small_invalid_input_link_not_valid_turnstile_failed": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "amount_too_large" | "amount_too_small" | "invalid_input" | "link_not_valid" | "turnstile_failed";
                };
            };
        };
        /** @description Not signed in, or the session has ended */
        "401_invalid_credentials_invalid_token_not_signed_in_session_ended_token_expired": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "WWW-Authenticate": components["headers"]["WWWAuthenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_credentials" | "invalid_token" | "not_signed_in" | "session_ended" | "token_expired";
                };
            };
        };
        /** @description You are not allowed to do this */
        "403_invalid_credentials": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_credentials";
                };
            };
        };
        /** @description A service we depend on is not responding. The request may have been completed, but never partly. Check, then try again */
        "503_database_unavailable_misconfigured_stripe_key_refused_stripe_unavailable_turnstile_unavailable": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "database_unavailable" | "misconfigured" | "stripe_key_refused" | "stripe_unavailable" | "turnstile_unavailable";
                };
            };
        };
        /** @description The input is not valid. `errors` names each field */
        "400_invalid_input_link_not_valid": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_input" | "link_not_valid";
                };
            };
        };
        /** @description The input is not valid. `errors` names each field */
        "400_invalid_input_link_not_valid_malformed_body": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_input" | "link_not_valid" | "malformed_body";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_registered_last_superadmin": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_registered" | "last_superadmin";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_already_registered_last_superadmin": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "already_registered" | "last_superadmin";
                };
            };
        };
        /** @description You are not allowed to do this */
        "403_invalid_credentials_second_factor_required": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_credentials" | "second_factor_required";
                };
            };
        };
        /** @description Not signed in, or the session has ended */
        "401_invalid_token_not_signed_in_session_ended_token_expired": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "WWW-Authenticate": components["headers"]["WWWAuthenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_token" | "not_signed_in" | "session_ended" | "token_expired";
                };
            };
        };
        /** @description You are not allowed to do this */
        "403_reauthentication_required_second_factor_required": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "reauthentication_required" | "second_factor_required";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_address_not_verified_address_unchanged_already_exists_already_registered": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "address_not_verified" | "address_unchanged" | "already_exists" | "already_registered";
                };
            };
        };
        /** @description The input is not valid. `errors` names each field */
        "400_amount_too_large_amount_too_small_invalid_input_link_not_valid": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "amount_too_large" | "amount_too_small" | "invalid_input" | "link_not_valid";
                };
            };
        };
        /** @description A service we depend on is not responding. The request may have been completed, but never partly. Check, then try again */
        "503_database_unavailable_misconfigured_stripe_key_refused_stripe_unavailable": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "database_unavailable" | "misconfigured" | "stripe_key_refused" | "stripe_unavailable";
                };
            };
        };
        /** @description The input is not valid. `errors` names each field */
        "400_amount_too_large_amount_too_small_invalid_input_link_not_valid_malformed_body": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "amount_too_large" | "amount_too_small" | "invalid_input" | "link_not_valid" | "malformed_body";
                };
            };
        };
        /** @description You are not allowed to do this */
        "403_second_factor_required": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "second_factor_required";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_not_found_session_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "not_found" | "session_not_found";
                };
            };
        };
        /** @description The input is not valid. `errors` names each field */
        "400_invalid_code_invalid_input_malformed_body": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_code" | "invalid_input" | "malformed_body";
                };
            };
        };
        /** @description Not signed in, or the session has ended */
        "401_invalid_code_sign_in_expired": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "WWW-Authenticate": components["headers"]["WWWAuthenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_code" | "sign_in_expired";
                };
            };
        };
        /** @description Too many requests. Wait for `Retry-After` seconds */
        "429_too_many_codes_too_many_requests": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "too_many_codes" | "too_many_requests";
                };
            };
        };
        /** @description A service we depend on is not responding. The request may have been completed, but never partly. Check, then try again */
        "503_database_unavailable_misconfigured_second_factor_unreadable": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "database_unavailable" | "misconfigured" | "second_factor_unreadable";
                };
            };
        };
        /** @description You are not allowed to do this */
        "403_reauthentication_required_status_not_allowed": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "reauthentication_required" | "status_not_allowed";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_mfa_enabled": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "mfa_enabled";
                };
            };
        };
        /** @description Not signed in, or the session has ended */
        "401_invalid_code_invalid_token_not_signed_in_session_ended_token_expired": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "WWW-Authenticate": components["headers"]["WWWAuthenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_code" | "invalid_token" | "not_signed_in" | "session_ended" | "token_expired";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_mfa_enabled_mfa_not_started": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "mfa_enabled" | "mfa_not_started";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_mfa_not_enabled_second_factor_required_by_role": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "mfa_not_enabled" | "second_factor_required_by_role";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_mfa_not_enabled": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "mfa_not_enabled";
                };
            };
        };
        /** @description You are not allowed to do this */
        "403_code_required_invalid_credentials": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "code_required" | "invalid_credentials";
                };
            };
        };
        /** @description Too many requests. Wait for `Retry-After` seconds */
        "429_too_many_attempts_too_many_codes_too_many_requests": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "too_many_attempts" | "too_many_codes" | "too_many_requests";
                };
            };
        };
        /** @description The input is not valid. `errors` names each field */
        "400_amount_too_large_amount_too_small_birthday_in_future_invalid_input_legal_name_needed_malformed_body": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "amount_too_large" | "amount_too_small" | "birthday_in_future" | "invalid_input" | "legal_name_needed" | "malformed_body";
                };
            };
        };
        /** @description The input is not valid. `errors` names each field */
        "400_image_unreadable_invalid_input_upload_incomplete": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "image_unreadable" | "invalid_input" | "upload_incomplete";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_upload_too_slow": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "upload_too_slow";
                };
            };
        };
        /** @description The body is too large */
        "413_file_too_large_image_too_large_storage_full_too_many_pixels": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "file_too_large" | "image_too_large" | "storage_full" | "too_many_pixels";
                };
            };
        };
        /** @description The body has the wrong type */
        "415_heic_not_local_not_an_image_unsupported_media_type": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "heic_not_local" | "not_an_image" | "unsupported_media_type";
                };
            };
        };
        /** @description A service we depend on is not responding. The request may have been completed, but never partly. Check, then try again */
        "503_database_unavailable_images_quota_images_unavailable_misconfigured_storage_unavailable": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "database_unavailable" | "images_quota" | "images_unavailable" | "misconfigured" | "storage_unavailable";
                };
            };
        };
        /** @description You are not allowed to do this */
        "403_second_factor_required_status_not_allowed": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "second_factor_required" | "status_not_allowed";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_not_found_user_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "not_found" | "user_not_found";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_last_superadmin": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "last_superadmin";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_asked_by_another_too_late": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "asked_by_another" | "too_late";
                };
            };
        };
        /** @description You are not allowed to do this */
        "403_beyond_own_permissions_own_account_permission_missing_reauthentication_required_second_factor_required_status_not_allowed_superadmins_only": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "beyond_own_permissions" | "own_account" | "permission_missing" | "reauthentication_required" | "second_factor_required" | "status_not_allowed" | "superadmins_only";
                };
            };
        };
        /** @description You are not allowed to do this */
        "403_beyond_own_permissions_permission_missing_second_factor_required_status_not_allowed_superadmins_only": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "beyond_own_permissions" | "permission_missing" | "second_factor_required" | "status_not_allowed" | "superadmins_only";
                };
            };
        };
        /** @description You are not allowed to do this */
        "403_permission_missing_second_factor_required_status_not_allowed": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "permission_missing" | "second_factor_required" | "status_not_allowed";
                };
            };
        };
        /** @description You are not allowed to do this */
        "403_own_application_permission_missing_second_factor_required_status_not_allowed": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "own_application" | "permission_missing" | "second_factor_required" | "status_not_allowed";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_last_superadmin_status_conflict": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "last_superadmin" | "status_conflict";
                };
            };
        };
        /** @description The input is not valid. `errors` names each field */
        "400_amount_too_large_amount_too_small_invalid_input_malformed_body": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "amount_too_large" | "amount_too_small" | "invalid_input" | "malformed_body";
                };
            };
        };
        /** @description You are not allowed to do this */
        "403_beyond_own_permissions_own_application_permission_missing_second_factor_required_status_not_allowed_superadmins_only": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "beyond_own_permissions" | "own_application" | "permission_missing" | "second_factor_required" | "status_not_allowed" | "superadmins_only";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_amount_too_large_amount_too_small_email_refused_last_superadmin_payment_in_progress_refused_by_stripe_status_conflict": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "amount_too_large" | "amount_too_small" | "email_refused" | "last_superadmin" | "payment_in_progress" | "refused_by_stripe" | "status_conflict";
                };
            };
        };
        /** @description You are not allowed to do this */
        "403_filter_needs_view_own_application_permission_missing_second_factor_required_status_not_allowed": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "filter_needs_view" | "own_application" | "permission_missing" | "second_factor_required" | "status_not_allowed";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_count_changed_last_superadmin_status_conflict": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "count_changed" | "last_superadmin" | "status_conflict";
                };
            };
        };
        /** @description You are not allowed to do this */
        "403_beyond_own_permissions_filter_needs_view_own_application_permission_missing_second_factor_required_status_not_allowed_superadmins_only": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "beyond_own_permissions" | "filter_needs_view" | "own_application" | "permission_missing" | "second_factor_required" | "status_not_allowed" | "superadmins_only";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_amount_too_large_amount_too_small_count_changed_email_refused_last_superadmin_payment_in_progress_refused_by_stripe_status_conflict": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "amount_too_large" | "amount_too_small" | "count_changed" | "email_refused" | "last_superadmin" | "payment_in_progress" | "refused_by_stripe" | "status_conflict";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_status_conflict_taken_on": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "status_conflict" | "taken_on";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_taken_on": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "taken_on";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_answered_already_exists_nobody_referred_status_conflict": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_answered" | "already_exists" | "nobody_referred" | "status_conflict";
                };
            };
        };
        /** @description Too many requests. Wait for `Retry-After` seconds */
        "429_asked_today_too_many_requests": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "asked_today" | "too_many_requests";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_not_found_vouching_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "not_found" | "vouching_not_found";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_answered_already_exists_last_superadmin_member_not_active": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_answered" | "already_exists" | "last_superadmin" | "member_not_active";
                };
            };
        };
        /** @description You are not allowed to do this */
        "403_beyond_own_permissions_permission_missing_reauthentication_required_second_factor_required_status_not_allowed_superadmins_only": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "beyond_own_permissions" | "permission_missing" | "reauthentication_required" | "second_factor_required" | "status_not_allowed" | "superadmins_only";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_role_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "role_not_found";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_already_invited": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "already_invited";
                };
            };
        };
        /** @description Too many requests. Wait for `Retry-After` seconds */
        "429_invited_too_often_too_many_requests": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invited_too_often" | "too_many_requests";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_invitation_not_found_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invitation_not_found" | "not_found";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_invitation_not_open": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "invitation_not_open";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_invitation_accepted": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "invitation_accepted";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_address_has_account_invitation_accepted": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "address_has_account" | "invitation_accepted";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_address_has_account_already_exists_document_not_current_invitation_accepted": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "address_has_account" | "already_exists" | "document_not_current" | "invitation_accepted";
                };
            };
        };
        /** @description The input is not valid. `errors` names each field */
        "400_invalid_input_upload_incomplete": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_input" | "upload_incomplete";
                };
            };
        };
        /** @description The body is too large */
        "413_file_too_large": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "file_too_large";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_import_not_found_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "import_not_found" | "not_found";
                };
            };
        };
        /** @description You are not allowed to do this */
        "403_not_your_import_permission_missing_second_factor_required_status_not_allowed": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "not_your_import" | "permission_missing" | "second_factor_required" | "status_not_allowed";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_import_forgotten_import_not_ready": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "import_forgotten" | "import_not_ready";
                };
            };
        };
        /** @description You are not allowed to do this */
        "403_permission_missing_roles_of_another_second_factor_required_status_not_allowed": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "permission_missing" | "roles_of_another" | "second_factor_required" | "status_not_allowed";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_import_forgotten_import_in_use_import_not_applied": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "import_forgotten" | "import_in_use" | "import_not_applied";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_import_not_applied": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "import_not_applied";
                };
            };
        };
        /** @description The input is not valid. `errors` names each field */
        "400_birthday_in_future_invalid_input_legal_name_needed_malformed_body": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "birthday_in_future" | "invalid_input" | "legal_name_needed" | "malformed_body";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_address_has_owner_already_exists_already_verified_no_address": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "address_has_owner" | "already_exists" | "already_verified" | "no_address";
                };
            };
        };
        /** @description You are not allowed to do this */
        "403_beyond_own_permissions_hidden_field_needs_view_sensitive_permission_missing_reauthentication_required_second_factor_required_status_not_allowed_superadmins_only": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "beyond_own_permissions" | "hidden_field" | "needs_view_sensitive" | "permission_missing" | "reauthentication_required" | "second_factor_required" | "status_not_allowed" | "superadmins_only";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_address_has_owner_address_needed_address_not_verified_already_exists_already_registered_amount_too_large_amount_too_small_changed_meanwhile_email_refused_own_address_referred_by_is_theirs_refused_by_stripe": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "address_has_owner" | "address_needed" | "address_not_verified" | "already_exists" | "already_registered" | "amount_too_large" | "amount_too_small" | "changed_meanwhile" | "email_refused" | "own_address" | "referred_by_is_theirs" | "refused_by_stripe";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_last_superadmin_status_conflict_subscription_running": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "last_superadmin" | "status_conflict" | "subscription_running";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_cannot_take_over_last_superadmin_nothing_to_hand_over": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "cannot_take_over" | "last_superadmin" | "nothing_to_hand_over";
                };
            };
        };
        /** @description You are not allowed to do this */
        "403_note_too_sensitive_permission_missing_second_factor_required_status_not_allowed": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "note_too_sensitive" | "permission_missing" | "second_factor_required" | "status_not_allowed";
                };
            };
        };
        /** @description You are not allowed to do this */
        "403_note_of_another_note_too_sensitive_permission_missing_second_factor_required_status_not_allowed": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "note_of_another" | "note_too_sensitive" | "permission_missing" | "second_factor_required" | "status_not_allowed";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_not_found_note_not_found_user_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "not_found" | "note_not_found" | "user_not_found";
                };
            };
        };
        /** @description You are not allowed to do this */
        "403_note_of_another_permission_missing_second_factor_required_status_not_allowed": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "note_of_another" | "permission_missing" | "second_factor_required" | "status_not_allowed";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_not_found_role_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "not_found" | "role_not_found";
                };
            };
        };
        /** @description You are not allowed to do this */
        "403_beyond_own_permissions_permission_missing_reauthentication_required_second_factor_required_status_not_allowed": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "beyond_own_permissions" | "permission_missing" | "reauthentication_required" | "second_factor_required" | "status_not_allowed";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_role_exists": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "role_exists";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_system_role": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "system_role";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_role_in_use_system_role": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "role_in_use" | "system_role";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_not_found_role_not_found_user_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "not_found" | "role_not_found" | "user_not_found";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_address_not_verified_already_exists_last_superadmin": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "address_not_verified" | "already_exists" | "last_superadmin";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_event_not_found_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "event_not_found" | "not_found";
                };
            };
        };
        /** @description You are not allowed to do this */
        "403_second_factor_required_status_not_welcome": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "second_factor_required" | "status_not_welcome";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_answers_closed_answers_not_open_event_cancelled_event_full_event_started": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "answers_closed" | "answers_not_open" | "event_cancelled" | "event_full" | "event_started";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_no_ticket_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "no_ticket" | "not_found";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_link_not_valid_no_ticket": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "link_not_valid" | "no_ticket";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_event_not_found_link_not_valid": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "event_not_found" | "link_not_valid";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_event_started": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "event_started";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_event_started": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "event_started";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "not_found";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_capacity_below_accepted_event_answered_event_cancelled": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "capacity_below_accepted" | "event_answered" | "event_cancelled";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_event_answered_event_has_photos": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "event_answered" | "event_has_photos";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_event_answered_event_cancelled_event_not_published_event_over": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "event_answered" | "event_cancelled" | "event_not_published" | "event_over";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_event_cancelled": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "event_cancelled";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_event_not_found_not_found_rsvp_not_found_user_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "event_not_found" | "not_found" | "rsvp_not_found" | "user_not_found";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_event_cancelled_event_full_event_not_published_event_started": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "event_cancelled" | "event_full" | "event_not_published" | "event_started";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_event_not_found_not_found_rsvp_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "event_not_found" | "not_found" | "rsvp_not_found";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_event_cancelled_event_full_event_started_not_waiting": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "event_cancelled" | "event_full" | "event_started" | "not_waiting";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_event_cancelled_last_superadmin": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "event_cancelled" | "last_superadmin";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_code_not_found_event_not_found_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "code_not_found" | "event_not_found" | "not_found";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_event_cancelled_last_superadmin_no_seat": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "event_cancelled" | "last_superadmin" | "no_seat";
                };
            };
        };
        /** @description You are not allowed to do this */
        "403_not_a_guest_second_factor_required_status_not_allowed": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "not_a_guest" | "second_factor_required" | "status_not_allowed";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_too_many_offers_upload_too_slow": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "too_many_offers" | "upload_too_slow";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_not_found_photo_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "not_found" | "photo_not_found";
                };
            };
        };
        /** @description A service we depend on is not responding. The request may have been completed, but never partly. Check, then try again */
        "503_database_unavailable_misconfigured_storage_unavailable": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "database_unavailable" | "misconfigured" | "storage_unavailable";
                };
            };
        };
        /** @description You are not allowed to do this */
        "403_not_the_asker_second_factor_required": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "not_the_asker" | "second_factor_required";
                };
            };
        };
        /** @description The input is not valid. `errors` names each field */
        "400_image_unreadable_invalid_input_too_many_files_upload_incomplete": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "image_unreadable" | "invalid_input" | "too_many_files" | "upload_incomplete";
                };
            };
        };
        /** @description The body is too large */
        "413_file_too_large_image_too_large_storage_full_too_many_pixels_upload_too_large": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "file_too_large" | "image_too_large" | "storage_full" | "too_many_pixels" | "upload_too_large";
                };
            };
        };
        /** @description The input is not valid. `errors` names each field */
        "400_image_unreadable_invalid_input_malformed_body": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "image_unreadable" | "invalid_input" | "malformed_body";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_photo_changed_photo_taken_down_upload_too_slow": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "photo_changed" | "photo_taken_down" | "upload_too_slow";
                };
            };
        };
        /** @description The body is too large */
        "413_body_too_large_storage_full": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "body_too_large" | "storage_full";
                };
            };
        };
        /** @description The body has the wrong type */
        "415_heic_not_local_unsupported_media_type": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "heic_not_local" | "unsupported_media_type";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_door_link_not_found_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "door_link_not_found" | "not_found";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_link_not_valid_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "link_not_valid" | "not_found";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_code_not_found_event_not_found_link_not_valid_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "code_not_found" | "event_not_found" | "link_not_valid" | "not_found";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_count_changed_id_taken": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "count_changed" | "id_taken";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_event_cancelled_event_in_series_event_moved": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "event_cancelled" | "event_in_series" | "event_moved";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_event_not_found_not_found_photo_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "event_not_found" | "not_found" | "photo_not_found";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_photo_not_public_upload_too_slow": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "photo_not_public" | "upload_too_slow";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_newsletter_not_found_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "newsletter_not_found" | "not_found";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_link_not_valid_newsletter_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "link_not_valid" | "newsletter_not_found";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_newsletter_sent": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "newsletter_sent";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_newsletter_has_no_file_upload_too_slow": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "newsletter_has_no_file" | "upload_too_slow";
                };
            };
        };
        /** @description The body is too large */
        "413_file_too_large_storage_full": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "file_too_large" | "storage_full";
                };
            };
        };
        /** @description The body has the wrong type */
        "415_not_a_pdf_unsupported_media_type": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "not_a_pdf" | "unsupported_media_type";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_newsletter_under_way": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "newsletter_under_way";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_newsletter_not_written": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "newsletter_not_written";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_count_changed_newsletter_not_written_newsletter_under_way": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "count_changed" | "newsletter_not_written" | "newsletter_under_way";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_newsletter_not_under_way": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "newsletter_not_under_way";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_document_not_found_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "document_not_found" | "not_found";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_document_not_current": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "document_not_current";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_document_without_file": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "document_without_file";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_document_is_link_upload_too_slow": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "document_is_link" | "upload_too_slow";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_document_not_published_document_without_file_version_exists": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "document_not_published" | "document_without_file" | "version_exists";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_document_accepted_document_current_document_not_published_document_without_file_version_exists": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "document_accepted" | "document_current" | "document_not_published" | "document_without_file" | "version_exists";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_document_accepted_document_is_link_upload_too_slow": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "document_accepted" | "document_is_link" | "upload_too_slow";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_document_accepted_document_current": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "document_accepted" | "document_current";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_plan_exists": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "plan_exists";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_not_found_plan_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "not_found" | "plan_not_found";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_plan_archived_plan_exists_plan_in_use": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "plan_archived" | "plan_exists" | "plan_in_use";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_plan_archived": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "plan_archived";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_no_subscription": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "no_subscription";
                };
            };
        };
        /** @description The input is not valid. `errors` names each field */
        "400_amount_too_large_amount_too_small_invalid_input": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "amount_too_large" | "amount_too_small" | "invalid_input";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_amount_too_large_amount_too_small_email_refused_no_billing_portal_not_set_up_refused_by_stripe": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "amount_too_large" | "amount_too_small" | "email_refused" | "no_billing" | "portal_not_set_up" | "refused_by_stripe";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_plan_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "plan_not_found";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_already_subscribed_amount_too_large_amount_too_small_below_minimum_checkout_superseded_donation_not_allowed_email_refused_last_superadmin_payment_in_progress_plan_has_no_term_refund_failed_refused_by_stripe_subscription_paused_term_over_term_still_runs": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "already_subscribed" | "amount_too_large" | "amount_too_small" | "below_minimum" | "checkout_superseded" | "donation_not_allowed" | "email_refused" | "last_superadmin" | "payment_in_progress" | "plan_has_no_term" | "refund_failed" | "refused_by_stripe" | "subscription_paused" | "term_over" | "term_still_runs";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_not_found_subscription_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "not_found" | "subscription_not_found";
                };
            };
        };
        /** @description You are not allowed to do this */
        "403_permission_missing_reauthentication_required_second_factor_required_status_not_allowed": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "permission_missing" | "reauthentication_required" | "second_factor_required" | "status_not_allowed";
                };
            };
        };
        /** @description The input is not valid. `errors` names each field */
        "400_amount_too_large_amount_too_small_invalid_input_malformed_body_term_end_needed_term_without_end": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "amount_too_large" | "amount_too_small" | "invalid_input" | "malformed_body" | "term_end_needed" | "term_without_end";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_plan_not_found_subscription_not_found_user_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "plan_not_found" | "subscription_not_found" | "user_not_found";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_already_subscribed_amount_too_large_amount_too_small_checkout_superseded_donation_not_allowed_email_refused_id_taken_last_superadmin_payment_in_progress_refused_by_stripe_status_conflict_subscription_paused_term_over_term_paid_term_too_early_term_without_end": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "already_subscribed" | "amount_too_large" | "amount_too_small" | "checkout_superseded" | "donation_not_allowed" | "email_refused" | "id_taken" | "last_superadmin" | "payment_in_progress" | "refused_by_stripe" | "status_conflict" | "subscription_paused" | "term_over" | "term_paid" | "term_too_early" | "term_without_end";
                };
            };
        };
        /** @description The input is not valid. `errors` names each field */
        "400_amount_too_large_amount_too_small_invalid_input_malformed_body_term_without_end": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "amount_too_large" | "amount_too_small" | "invalid_input" | "malformed_body" | "term_without_end";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_amount_too_large_amount_too_small_email_refused_last_superadmin_not_past_due_refused_by_stripe_renewal_open_renews_itself_subscription_ended_term_before_start_term_without_end": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "amount_too_large" | "amount_too_small" | "email_refused" | "last_superadmin" | "not_past_due" | "refused_by_stripe" | "renewal_open" | "renews_itself" | "subscription_ended" | "term_before_start" | "term_without_end";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_amount_too_large_amount_too_small_checkout_superseded_email_refused_last_superadmin_not_followed_payment_in_progress_refund_failed_refused_by_stripe_renewal_open_subscription_ended_term_without_end": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "amount_too_large" | "amount_too_small" | "checkout_superseded" | "email_refused" | "last_superadmin" | "not_followed" | "payment_in_progress" | "refund_failed" | "refused_by_stripe" | "renewal_open" | "subscription_ended" | "term_without_end";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_more_than_left_not_refundable_paid_online_refund_exists": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "more_than_left" | "not_refundable" | "paid_online" | "refund_exists";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_amount_too_large_amount_too_small_email_refused_last_superadmin_not_active_not_followed_refund_failed_refused_by_stripe_renewal_open_term_over": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "amount_too_large" | "amount_too_small" | "email_refused" | "last_superadmin" | "not_active" | "not_followed" | "refund_failed" | "refused_by_stripe" | "renewal_open" | "term_over";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_amount_too_large_amount_too_small_email_refused_last_superadmin_not_followed_not_resumed_nothing_to_resume_payment_in_progress_refund_failed_refused_by_stripe": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "amount_too_large" | "amount_too_small" | "email_refused" | "last_superadmin" | "not_followed" | "not_resumed" | "nothing_to_resume" | "payment_in_progress" | "refund_failed" | "refused_by_stripe";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_amount_too_large_amount_too_small_email_refused_last_superadmin_not_at_stripe_refund_failed_refused_by_stripe": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "amount_too_large" | "amount_too_small" | "email_refused" | "last_superadmin" | "not_at_stripe" | "refund_failed" | "refused_by_stripe";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_amount_too_large_amount_too_small_checkout_expired_checkout_superseded_donation_completed_email_refused_refused_by_stripe_request_id_reused": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "amount_too_large" | "amount_too_small" | "checkout_expired" | "checkout_superseded" | "donation_completed" | "email_refused" | "refused_by_stripe" | "request_id_reused";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_no_statement_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "no_statement" | "not_found";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_no_statement_not_found_user_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "no_statement" | "not_found" | "user_not_found";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_no_statement_user_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "no_statement" | "user_not_found";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_donation_not_found_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "donation_not_found" | "not_found";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_donation_not_found_user_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "donation_not_found" | "user_not_found";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_donation_exists": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "donation_exists";
                };
            };
        };
        /** @description You are not allowed to do this */
        "403_donor_hidden_permission_missing_second_factor_required_status_not_allowed": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "donor_hidden" | "permission_missing" | "second_factor_required" | "status_not_allowed";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_donor_is_member": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "donor_is_member";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_amount_too_large_amount_too_small_email_refused_more_than_left_not_refundable_refund_exists_refund_failed_refund_in_progress_refund_refused_refunds_changed_refused_by_stripe": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "amount_too_large" | "amount_too_small" | "email_refused" | "more_than_left" | "not_refundable" | "refund_exists" | "refund_failed" | "refund_in_progress" | "refund_refused" | "refunds_changed" | "refused_by_stripe";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_no_address_not_completed_resent_too_often": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "no_address" | "not_completed" | "resent_too_often";
                };
            };
        };
        /** @description The input is not valid. `errors` names each field */
        "400_amount_too_large_amount_too_small_invalid_event_invalid_input_invalid_signature": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "amount_too_large" | "amount_too_small" | "invalid_event" | "invalid_input" | "invalid_signature";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_amount_too_large_amount_too_small_email_refused_event_gone_last_superadmin_refund_failed_refused_by_stripe": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "amount_too_large" | "amount_too_small" | "email_refused" | "event_gone" | "last_superadmin" | "refund_failed" | "refused_by_stripe";
                };
            };
        };
        /** @description The input is not valid. `errors` names each field */
        "400_invalid_event_invalid_input_invalid_signature": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_event" | "invalid_input" | "invalid_signature";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_mail_not_found_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "mail_not_found" | "not_found";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_already_sent_already_waiting": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "already_sent" | "already_waiting";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_email_template_not_found_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "email_template_not_found" | "not_found";
                };
            };
        };
        /** @description The input is not valid. `errors` names each field */
        "400_amount_too_large_amount_too_small_donation_limits_invalid_input_malformed_body_unknown_time_zone": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "amount_too_large" | "amount_too_small" | "donation_limits" | "invalid_input" | "malformed_body" | "unknown_time_zone";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_amount_too_large_amount_too_small_email_refused_refused_by_stripe": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "amount_too_large" | "amount_too_small" | "email_refused" | "refused_by_stripe";
                };
            };
        };
        /** @description Not found, or you may not see it */
        "404_change_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "change_not_found";
                };
            };
        };
        /** @description The current state does not allow this */
        "409_already_exists_amount_too_large_amount_too_small_email_refused_nothing_to_undo_refused_by_stripe": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_exists" | "amount_too_large" | "amount_too_small" | "email_refused" | "nothing_to_undo" | "refused_by_stripe";
                };
            };
        };
        /** @description The body is too large */
        "413_file_too_large_storage_full_too_many_pixels": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "file_too_large" | "storage_full" | "too_many_pixels";
                };
            };
        };
        /** @description The file does not have these bytes */
        "416_range_not_satisfiable": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "range_not_satisfiable";
                };
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description Names the request in our logs */
        RequestId: string;
        /** @description Seconds to wait before the next try */
        RetryAfter: number;
        /** @description Whether to show the file or to save it, and its name */
        ContentDisposition: string;
        /** @description Names the content. Send it as `If-None-Match`: 304 without a body when nothing has changed */
        ETag: string;
        /** @description `Bearer` */
        WWWAuthenticate: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    registerApplicant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example Alex */
                    first_name: string;
                    /** @example Example */
                    last_name?: string | null;
                    /**
                     * Format: email
                     * @example alex@example.org
                     */
                    email: string;
                    /** @example a long enough passphrase */
                    password: string;
                    phone?: string | null;
                    partner_first_name?: string | null;
                    partner_last_name?: string | null;
                    partner_is_member?: boolean | null;
                    referred_by?: string | null;
                    /** @description The ids of the rules in force that the applicant accepts: `GET /api/bylaws/current` */
                    accepted_documents?: string[];
                    /** @description From Cloudflare Turnstile, if the platform uses it. Works once */
                    turnstile_token?: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body_turnstile_failed"];
            409: components["responses"]["409_already_exists_already_registered_document_not_current"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_turnstile_unavailable"];
        };
    };
    resendVerification: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: email
                     * @example alex@example.org
                     */
                    email: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    openVerificationLink: {
        parameters: {
            query: {
                token: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Verification"];
                    "text/html": string;
                };
            };
            400: components["responses"]["400_invalid_input_link_expired_link_not_valid"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    verifyEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Verification"];
                    "text/html": string;
                };
            };
            400: components["responses"]["400_invalid_input_link_expired_link_not_valid_malformed_body"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    disownRegistration: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notice"];
                    "text/html": string;
                };
            };
            400: components["responses"]["400_invalid_input_link_expired_link_not_valid_malformed_body"];
            409: components["responses"]["409_address_confirmed_already_exists"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: email
                     * @example alex@example.org
                     */
                    email: string;
                    /** @example a long enough passphrase */
                    password: string;
                    /** @description Of a session that this device still has: other people's failures then do not lock it out. An access token in the Authorization header does the same. */
                    refresh_token?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignIn"] | components["schemas"]["SecondFactorNeeded"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_credentials"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_attempts_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    refreshSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    refresh_token: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignIn"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_session_ended"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            400: components["responses"]["400_amount_too_large_amount_too_small_invalid_input_link_not_valid_turnstile_failed"];
            401: components["responses"]["401_invalid_credentials_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_invalid_credentials"];
            429: components["responses"]["429_too_many_attempts_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_stripe_key_refused_stripe_unavailable_turnstile_unavailable"];
        };
    };
    getForgotPasswordPage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notice"];
                    "text/html": string;
                };
            };
            400: components["responses"]["400_invalid_input"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    forgotPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: email
                     * @example alex@example.org
                     */
                    email: string;
                    /** @description From Cloudflare Turnstile, if the platform uses it. Works once */
                    turnstile_token?: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                    "text/html": string;
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body_turnstile_failed"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_turnstile_unavailable"];
        };
    };
    openResetLink: {
        parameters: {
            query: {
                token: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResetLink"];
                    "text/html": string;
                };
            };
            400: components["responses"]["400_invalid_input_link_not_valid"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    resetPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    /** @example a long enough passphrase */
                    new_password: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notice"];
                    "text/html": string;
                };
            };
            400: components["responses"]["400_invalid_input_link_not_valid_malformed_body"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    openActivationLink: {
        parameters: {
            query: {
                token: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActivationLink"];
                    "text/html": string;
                };
            };
            400: components["responses"]["400_invalid_input_link_not_valid"];
            409: components["responses"]["409_already_registered_last_superadmin"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    activateAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    /** @example a long enough passphrase */
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notice"];
                    "text/html": string;
                };
            };
            400: components["responses"]["400_invalid_input_link_not_valid_malformed_body"];
            409: components["responses"]["409_already_exists_already_registered_last_superadmin"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example a long enough passphrase */
                    current_password: string;
                    /** @example a long enough passphrase */
                    new_password: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_credentials_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_invalid_credentials_second_factor_required"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_attempts_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    changeEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: email
                     * @example alex@example.org
                     */
                    new_email: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_reauthentication_required_second_factor_required"];
            409: components["responses"]["409_address_not_verified_address_unchanged_already_exists_already_registered"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    openEmailChangeLink: {
        parameters: {
            query: {
                token: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notice"];
                    "text/html": string;
                };
            };
            400: components["responses"]["400_amount_too_large_amount_too_small_invalid_input_link_not_valid"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_stripe_key_refused_stripe_unavailable"];
        };
    };
    confirmEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notice"];
                    "text/html": string;
                };
            };
            400: components["responses"]["400_amount_too_large_amount_too_small_invalid_input_link_not_valid_malformed_body"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_stripe_key_refused_stripe_unavailable"];
        };
    };
    listMySessions: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    endAllMySessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    endMySession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required"];
            404: components["responses"]["404_not_found_session_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listMySignIns: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInAttemptPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    signInWithSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The token that signing in with the password returned */
                    mfa_token: string;
                    /** @example 492039 */
                    code?: string;
                    /** @example ABCD-EFGH-IJKL-MNOP-QRST-UVWX */
                    recovery_code?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignIn"];
                };
            };
            400: components["responses"]["400_invalid_code_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_code_sign_in_expired"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_codes_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_second_factor_unreadable"];
        };
    };
    getMySecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecondFactorStatus"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    startSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Enrollment"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_reauthentication_required_status_not_allowed"];
            409: components["responses"]["409_already_exists_mfa_enabled"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    removeSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_reauthentication_required_second_factor_required"];
            409: components["responses"]["409_already_exists_mfa_not_enabled_second_factor_required_by_role"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    confirmSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example 492039 */
                    code: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            400: components["responses"]["400_invalid_code_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_code_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_reauthentication_required_status_not_allowed"];
            409: components["responses"]["409_already_exists_mfa_enabled_mfa_not_started"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_codes_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_second_factor_unreadable"];
        };
    };
    renewRecoveryCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_reauthentication_required_second_factor_required"];
            409: components["responses"]["409_already_exists_mfa_not_enabled"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    reauthenticate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example a long enough passphrase */
                    password?: string;
                    /** @example 492039 */
                    code?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_credentials_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_code_required_invalid_credentials"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_attempts_too_many_codes_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_second_factor_unreadable"];
        };
    };
    getMyProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyProfile"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    editMyProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ProfileChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyProfile"];
                };
            };
            400: components["responses"]["400_amount_too_large_amount_too_small_birthday_in_future_invalid_input_legal_name_needed_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_stripe_key_refused_stripe_unavailable"];
        };
    };
    uploadMyPhoto: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
                "image/*": string;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyProfile"];
                };
            };
            400: components["responses"]["400_image_unreadable_invalid_input_upload_incomplete"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required"];
            409: components["responses"]["409_already_exists_upload_too_slow"];
            413: components["responses"]["413_file_too_large_image_too_large_storage_full_too_many_pixels"];
            415: components["responses"]["415_heic_not_local_not_an_image_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_images_quota_images_unavailable_misconfigured_storage_unavailable"];
        };
    };
    deleteMyPhoto: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyProfile"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getMyPrivacy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Privacy"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    editMyPrivacy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PrivacyChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Privacy"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listDirectory: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                /** @description Part of a member's name */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DirectoryPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getDirectoryEntry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DirectoryEntry"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_not_found_user_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listMyAccessLog: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessLogPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    exportMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyExport"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_reauthentication_required_second_factor_required"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    eraseMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_reauthentication_required_second_factor_required"];
            409: components["responses"]["409_already_exists_last_superadmin"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    keepMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required"];
            409: components["responses"]["409_already_exists_asked_by_another_too_late"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserDetail"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_not_found_user_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    editUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UserChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["400_amount_too_large_amount_too_small_birthday_in_future_invalid_input_legal_name_needed_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_beyond_own_permissions_hidden_field_needs_view_sensitive_permission_missing_reauthentication_required_second_factor_required_status_not_allowed_superadmins_only"];
            404: components["responses"]["404_not_found_user_not_found"];
            409: components["responses"]["409_address_has_owner_address_needed_address_not_verified_already_exists_already_registered_amount_too_large_amount_too_small_changed_meanwhile_email_refused_own_address_referred_by_is_theirs_refused_by_stripe"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_stripe_key_refused_stripe_unavailable"];
        };
    };
    deleteUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_beyond_own_permissions_own_account_permission_missing_reauthentication_required_second_factor_required_status_not_allowed_superadmins_only"];
            404: components["responses"]["404_not_found_user_not_found"];
            409: components["responses"]["409_already_exists_last_superadmin"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    keepUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_beyond_own_permissions_permission_missing_second_factor_required_status_not_allowed_superadmins_only"];
            404: components["responses"]["404_not_found_user_not_found"];
            409: components["responses"]["409_already_exists_asked_by_another_too_late"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listUsers: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                status?: components["schemas"]["UserStatus"];
                role?: components["schemas"]["UserRole"];
                /** @description Part of a name or email address */
                search?: string;
                /** @description From this day or instant on */
                joined_from?: string;
                /** @description Up to and including this day, or before this instant */
                joined_to?: string;
                /** @description From this day or instant on */
                updated_from?: string;
                /** @description Up to and including this day, or before this instant */
                updated_to?: string;
                /** @description People whose running subscription has this plan */
                plan?: string;
                email_verified?: "true" | "false";
                /** @description Whether they have a photo that volunteers may see */
                has_photo?: "true" | "false";
                /** @description Whether they have no email address */
                no_email?: "true" | "false";
                tag?: string;
                /** @description Whether everything about them will be erased soon */
                erasing?: "true" | "false";
                /** @description People whose application this volunteer is looking after: `me`, `nobody`, or an id */
                taken_on_by?: ("me" | "nobody") | string;
                /** @description `joined` and `updated`: the latest first */
                sort?: "newest" | "oldest" | "name" | "joined" | "updated";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUser"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedUser"];
                };
            };
            400: components["responses"]["400_birthday_in_future_invalid_input_legal_name_needed_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            409: components["responses"]["409_address_has_owner_already_exists_already_verified_no_address"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    exportUsers: {
        parameters: {
            query?: {
                /** @description `1` starts the file with a byte order mark, for Excel */
                bom?: "0" | "1";
                /** @description How the columns are named: for programs, such as `paid_at`, or for people */
                headers?: "snake_case" | "human";
                /** @description `decimal`: amounts as people write them, `25.00`, in columns such as `net`. `cents`: integers, in columns such as `net_cents` */
                amounts?: "decimal" | "cents";
                status?: components["schemas"]["UserStatus"];
                role?: components["schemas"]["UserRole"];
                /** @description Part of a name or email address */
                search?: string;
                /** @description From this day or instant on */
                joined_from?: string;
                /** @description Up to and including this day, or before this instant */
                joined_to?: string;
                /** @description From this day or instant on */
                updated_from?: string;
                /** @description Up to and including this day, or before this instant */
                updated_to?: string;
                /** @description People whose running subscription has this plan */
                plan?: string;
                email_verified?: "true" | "false";
                /** @description Whether they have a photo that volunteers may see */
                has_photo?: "true" | "false";
                /** @description Whether they have no email address */
                no_email?: "true" | "false";
                tag?: string;
                /** @description Whether everything about them will be erased soon */
                erasing?: "true" | "false";
                /** @description People whose application this volunteer is looking after: `me`, `nobody`, or an id */
                taken_on_by?: ("me" | "nobody") | string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv; charset=utf-8": string;
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    approveUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_own_application_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_not_found_user_not_found"];
            409: components["responses"]["409_already_exists_last_superadmin_status_conflict"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    rejectUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example We could not reach you to say hello. */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["400_amount_too_large_amount_too_small_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_beyond_own_permissions_own_application_permission_missing_second_factor_required_status_not_allowed_superadmins_only"];
            404: components["responses"]["404_not_found_user_not_found"];
            409: components["responses"]["409_already_exists_amount_too_large_amount_too_small_email_refused_last_superadmin_payment_in_progress_refused_by_stripe_status_conflict"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_stripe_key_refused_stripe_unavailable"];
        };
    };
    approveUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ManyToApprove"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManyDecided"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_filter_needs_view_own_application_permission_missing_second_factor_required_status_not_allowed"];
            409: components["responses"]["409_already_exists_count_changed_last_superadmin_status_conflict"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    rejectUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ManyToReject"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManyDecided"];
                };
            };
            400: components["responses"]["400_amount_too_large_amount_too_small_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_beyond_own_permissions_filter_needs_view_own_application_permission_missing_second_factor_required_status_not_allowed_superadmins_only"];
            409: components["responses"]["409_already_exists_amount_too_large_amount_too_small_count_changed_email_refused_last_superadmin_payment_in_progress_refused_by_stripe_status_conflict"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_stripe_key_refused_stripe_unavailable"];
        };
    };
    reconsiderUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_beyond_own_permissions_own_application_permission_missing_second_factor_required_status_not_allowed_superadmins_only"];
            404: components["responses"]["404_not_found_user_not_found"];
            409: components["responses"]["409_already_exists_last_superadmin_status_conflict"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    takeOnApplication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TakenOn"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_own_application_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_not_found_user_not_found"];
            409: components["responses"]["409_already_exists_status_conflict_taken_on"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    letGoOfApplication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TakenOn"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_not_found_user_not_found"];
            409: components["responses"]["409_already_exists_taken_on"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listVouchings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Vouchings"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_not_found_user_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    askToVouch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VouchingRequest"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Vouching"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_own_application_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_not_found_user_not_found"];
            409: components["responses"]["409_already_answered_already_exists_nobody_referred_status_conflict"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_asked_today_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listVouchingQuestions: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VouchingQuestionPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    answerVouching: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VouchingAnswer"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_not_found_vouching_not_found"];
            409: components["responses"]["409_already_answered_already_exists_last_superadmin_member_not_active"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    openVouchingLink: {
        parameters: {
            query: {
                token: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailedQuestion"];
                    "text/html": string;
                };
            };
            400: components["responses"]["400_invalid_input_link_not_valid"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    answerVouchingByLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    /** @enum {string} */
                    answer: "yes" | "no";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notice"];
                    "text/html": string;
                };
            };
            400: components["responses"]["400_invalid_input_link_not_valid_malformed_body"];
            409: components["responses"]["409_already_answered_already_exists_last_superadmin_member_not_active"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listInvitations: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                status?: components["schemas"]["InvitationStatus"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    invite: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewInvitation"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_beyond_own_permissions_permission_missing_reauthentication_required_second_factor_required_status_not_allowed_superadmins_only"];
            404: components["responses"]["404_role_not_found"];
            409: components["responses"]["409_already_exists_already_invited"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_invited_too_often_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    resendInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_invitation_not_found_not_found"];
            409: components["responses"]["409_already_exists_invitation_not_open"];
            429: components["responses"]["429_invited_too_often_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    revokeInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_invitation_not_found_not_found"];
            409: components["responses"]["409_already_exists_invitation_accepted"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    openInvitation: {
        parameters: {
            query: {
                token: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenInvitation"];
                    "text/html": string;
                };
            };
            400: components["responses"]["400_invalid_input_link_expired_link_not_valid"];
            409: components["responses"]["409_address_has_account_invitation_accepted"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    acceptInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Acceptance"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notice"];
                    "text/html": string;
                };
            };
            400: components["responses"]["400_invalid_input_link_expired_link_not_valid_malformed_body"];
            409: components["responses"]["409_address_has_account_already_exists_document_not_current_invitation_accepted"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    importUsers: {
        parameters: {
            query?: {
                /** @description A name by which volunteers recognize the import */
                file_name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
                "text/csv": string;
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportJob"];
                };
            };
            400: components["responses"]["400_invalid_input_upload_incomplete"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            413: components["responses"]["413_file_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getImportTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv; charset=utf-8": string;
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listImports: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                status?: "uploaded" | "validating" | "ready" | "applying" | "completed" | "failed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportJobPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportJob"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_import_not_found_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    mapImportColumns: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description All columns of the file in their order, each with the field that it fills, or null
                     * @example [
                     *       {
                     *         "header": "Given name",
                     *         "field": "first_name"
                     *       }
                     *     ]
                     */
                    columns: {
                        header: string;
                        field: ("id" | "external_id" | "email" | "first_name" | "last_name" | "legal_name" | "pronouns" | "phone" | "address" | "birthday" | "bio" | "partner_first_name" | "partner_last_name" | "partner_is_member" | "referred_by" | "status" | "role" | "joined_at" | "language" | "time_zone" | "photo_preference" | "newsletter_consent_at" | "password_hash" | "tags") | null;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportJob"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_not_your_import_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_import_not_found_not_found"];
            409: components["responses"]["409_already_exists_import_forgotten_import_not_ready"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listImportRows: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                outcome?: "create" | "update" | "unchanged" | "problem";
                /** @description Whether the row has warnings */
                warned?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportRowPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_import_not_found_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    exportImportProblems: {
        parameters: {
            query?: {
                /** @description `1` starts the file with a byte order mark, for Excel */
                bom?: "0" | "1";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv; charset=utf-8": string;
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_import_not_found_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    applyImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportJob"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_roles_of_another_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_import_not_found_not_found"];
            409: components["responses"]["409_already_exists_import_forgotten_import_not_ready"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    undoImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportJob"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_import_not_found_not_found"];
            409: components["responses"]["409_already_exists_import_forgotten_import_in_use_import_not_applied"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    startActivationWaves: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description How many people are sent a link each day
                     * @example 200
                     */
                    per_day: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportJob"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_import_not_found_not_found"];
            409: components["responses"]["409_already_exists_import_not_applied"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    stopActivationWaves: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportJob"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_import_not_found_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    changeUserStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    status: components["schemas"]["UserStatus"];
                    /**
                     * @description Kept as a note about the person
                     * @example They wrote that they moved away.
                     */
                    reason?: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_beyond_own_permissions_own_application_permission_missing_second_factor_required_status_not_allowed_superadmins_only"];
            404: components["responses"]["404_not_found_user_not_found"];
            409: components["responses"]["409_already_exists_last_superadmin_status_conflict_subscription_running"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    resendConfirmation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_not_found_user_not_found"];
            409: components["responses"]["409_address_has_owner_already_exists_already_verified_no_address"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    handOver: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HandOver"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandedOver"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_beyond_own_permissions_permission_missing_reauthentication_required_second_factor_required_status_not_allowed_superadmins_only"];
            404: components["responses"]["404_not_found_user_not_found"];
            409: components["responses"]["409_already_exists_cannot_take_over_last_superadmin_nothing_to_hand_over"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getSensitiveDetails: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SensitiveDetails"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_not_found_user_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listTwins: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Twins"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_not_found_user_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listNotes: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserNotePage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_not_found_user_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    addNote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteText"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserNote"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_note_too_sensitive_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_not_found_user_not_found"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    editNote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                note_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteText"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserNote"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_note_of_another_note_too_sensitive_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_not_found_note_not_found_user_not_found"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    deleteNote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                note_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_note_of_another_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_not_found_note_not_found_user_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    replaceTags: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Tags"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagsOutput"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_not_found_user_not_found"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listTags: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listPermissions: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantablePermissionPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listRoles: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                /** @description Part of a code, name or description */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RolePage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    createRole: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRole"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_beyond_own_permissions_permission_missing_reauthentication_required_second_factor_required_status_not_allowed"];
            409: components["responses"]["409_already_exists_role_exists"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_not_found_role_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    editRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleDetails"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_beyond_own_permissions_permission_missing_reauthentication_required_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_not_found_role_not_found"];
            409: components["responses"]["409_already_exists_system_role"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    deleteRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_beyond_own_permissions_permission_missing_reauthentication_required_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_not_found_role_not_found"];
            409: components["responses"]["409_already_exists_role_in_use_system_role"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    editRolePermissions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RolePermissions"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_beyond_own_permissions_permission_missing_reauthentication_required_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_not_found_role_not_found"];
            409: components["responses"]["409_already_exists_system_role"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listUserRoles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeldRoles"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_not_found_user_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    assignRoles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleAssignment"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeldRoles"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_beyond_own_permissions_permission_missing_reauthentication_required_second_factor_required_status_not_allowed_superadmins_only"];
            404: components["responses"]["404_not_found_role_not_found_user_not_found"];
            409: components["responses"]["409_address_not_verified_already_exists_last_superadmin"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listEvents: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                when?: "upcoming" | "past" | "all";
                /** @description Part of a title or description */
                search?: string;
                tag?: string;
                /** @description From this day or instant on */
                from?: string;
                /** @description Up to and including this day, or before this instant */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            404: components["responses"]["404_event_not_found_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    rsvp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RsvpInput"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyRsvp"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required_status_not_welcome"];
            404: components["responses"]["404_event_not_found_not_found"];
            409: components["responses"]["409_already_exists_answers_closed_answers_not_open_event_cancelled_event_full_event_started"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    withdrawRsvp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyRsvp"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required_status_not_welcome"];
            404: components["responses"]["404_event_not_found_not_found"];
            409: components["responses"]["409_already_exists_answers_closed_answers_not_open_event_cancelled_event_full_event_started"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getMyTicket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required"];
            404: components["responses"]["404_no_ticket_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    openTicketLink: {
        parameters: {
            query: {
                token: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                    "text/html": string;
                };
            };
            400: components["responses"]["400_invalid_input_link_not_valid"];
            404: components["responses"]["404_link_not_valid_no_ticket"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listComers: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComerPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_event_not_found_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    openCannotComeLink: {
        parameters: {
            query: {
                token: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notice"];
                    "text/html": string;
                };
            };
            400: components["responses"]["400_invalid_input_link_not_valid"];
            404: components["responses"]["404_event_not_found_link_not_valid"];
            409: components["responses"]["409_event_started"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    cannotCome: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notice"];
                    "text/html": string;
                };
            };
            400: components["responses"]["400_invalid_input_link_not_valid_malformed_body"];
            404: components["responses"]["404_event_not_found_link_not_valid"];
            409: components["responses"]["409_already_exists_event_started"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listMyRsvps: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                when?: "upcoming" | "past" | "all";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyRsvpPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    publicCalendar: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "text/calendar; charset=utf-8": string;
                };
            };
            400: components["responses"]["400_invalid_input"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    eventCalendar: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "text/calendar; charset=utf-8": string;
                };
            };
            400: components["responses"]["400_invalid_input"];
            404: components["responses"]["404_event_not_found_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    personalCalendar: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    "text/calendar; charset=utf-8": string;
                };
            };
            400: components["responses"]["400_invalid_input"];
            404: components["responses"]["404_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    renewCalendarToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * @description Whether the feed names the events and their places. Others may see your calendar, so it does not by default
                     * @default false
                     */
                    show_titles?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarToken"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    revokeCalendarToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listManagedEvents: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                when?: "upcoming" | "past" | "all";
                status?: "draft" | "published" | "cancelled";
                series_id?: string;
                /** @description Part of a title or description */
                search?: string;
                tag?: string;
                /** @description From this day or instant on */
                from?: string;
                /** @description Up to and including this day, or before this instant */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedEventPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    createEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEvent"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedEvent"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getManagedEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedEvent"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_event_not_found_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    editEvent: {
        parameters: {
            query?: {
                /** @description `following`: this event and those of its series that come after it, but for those that are canceled */
                series?: "this" | "following";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EventChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedEvent"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_event_not_found_not_found"];
            409: components["responses"]["409_already_exists_capacity_below_accepted_event_answered_event_cancelled"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    deleteEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_event_not_found_not_found"];
            409: components["responses"]["409_already_exists_event_answered_event_has_photos"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    setEventStatus: {
        parameters: {
            query?: {
                /** @description `following`: this event and those of its series that come after it, but for those that are canceled */
                series?: "this" | "following";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventStatusChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedEvent"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_event_not_found_not_found"];
            409: components["responses"]["409_already_exists_event_answered_event_cancelled_event_not_published_event_over"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    duplicateEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Duplication"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedEvent"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_event_not_found_not_found"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    setQuestions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuestionsInput"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedEvent"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_event_not_found_not_found"];
            409: components["responses"]["409_already_exists_event_cancelled"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listRsvps: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                rsvp_status?: components["schemas"]["RsvpStatus"];
                attended?: "true" | "false";
                /** @description Part of a name or email address */
                search?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RsvpPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_event_not_found_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    addRsvp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRsvp"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rsvp"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_event_not_found_not_found_rsvp_not_found_user_not_found"];
            409: components["responses"]["409_already_exists_event_cancelled_event_full_event_not_published_event_started"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    removeRsvp: {
        parameters: {
            query?: {
                /** @description `false` leaves the seat free for now, so that you can give it to somebody yourself */
                promote?: "true" | "false";
            };
            header?: never;
            path: {
                id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_event_not_found_not_found_rsvp_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    promoteRsvp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rsvp"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_event_not_found_not_found_rsvp_not_found"];
            409: components["responses"]["409_already_exists_event_cancelled_event_full_event_started_not_waiting"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    exportRsvps: {
        parameters: {
            query?: {
                /** @description `1` starts the file with a byte order mark, for Excel */
                bom?: "0" | "1";
                /** @description How the columns are named: for programs, such as `paid_at`, or for people */
                headers?: "snake_case" | "human";
                rsvp_status?: components["schemas"]["RsvpStatus"];
                attended?: "true" | "false";
                /** @description Part of a name or email address */
                search?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv; charset=utf-8": string;
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_event_not_found_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    markAttendance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AttendanceInput"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attendance"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_event_not_found_not_found"];
            409: components["responses"]["409_already_exists_event_cancelled_last_superadmin"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    checkIn: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckInInput"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckIn"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_code_not_found_event_not_found_not_found"];
            409: components["responses"]["409_already_exists_event_cancelled_last_superadmin_no_seat"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listGallery: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GalleryPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listEventGallery: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GalleryPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            404: components["responses"]["404_event_not_found_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    offerPhoto: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
                "image/*": string;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GalleryPhoto"];
                };
            };
            400: components["responses"]["400_image_unreadable_invalid_input_upload_incomplete"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_not_a_guest_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_event_not_found_not_found"];
            409: components["responses"]["409_already_exists_too_many_offers_upload_too_slow"];
            413: components["responses"]["413_file_too_large_image_too_large_storage_full_too_many_pixels"];
            415: components["responses"]["415_heic_not_local_not_an_image_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_images_quota_images_unavailable_misconfigured_storage_unavailable"];
        };
    };
    takeDownPhoto: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required"];
            404: components["responses"]["404_not_found_photo_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_storage_unavailable"];
        };
    };
    takeBackTakedown: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_not_the_asker_second_factor_required"];
            404: components["responses"]["404_not_found_photo_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_storage_unavailable"];
        };
    };
    listManagedPhotos: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                event_id?: string;
                /** @description Whether it waits for a volunteer */
                offered?: "true" | "false";
                taken_down?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedPhotoPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    uploadToGallery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
                "image/*": string;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedPhoto"];
                };
            };
            400: components["responses"]["400_image_unreadable_invalid_input_upload_incomplete"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_event_not_found_not_found"];
            409: components["responses"]["409_already_exists_upload_too_slow"];
            413: components["responses"]["413_file_too_large_image_too_large_storage_full_too_many_pixels"];
            415: components["responses"]["415_heic_not_local_not_an_image_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_images_quota_images_unavailable_misconfigured_storage_unavailable"];
        };
    };
    uploadManyToGallery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    file: string[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadedPhotos"];
                };
            };
            400: components["responses"]["400_image_unreadable_invalid_input_too_many_files_upload_incomplete"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_event_not_found_not_found"];
            409: components["responses"]["409_already_exists_upload_too_slow"];
            413: components["responses"]["413_file_too_large_image_too_large_storage_full_too_many_pixels_upload_too_large"];
            415: components["responses"]["415_heic_not_local_not_an_image_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_images_quota_images_unavailable_misconfigured_storage_unavailable"];
        };
    };
    editPhoto: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PhotoChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedPhoto"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_not_found_photo_not_found"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    deletePhotoOfEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_not_found_photo_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    rotatePhoto: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PhotoTurn"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedPhoto"];
                };
            };
            400: components["responses"]["400_image_unreadable_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_not_found_photo_not_found"];
            409: components["responses"]["409_already_exists_photo_changed_photo_taken_down_upload_too_slow"];
            413: components["responses"]["413_body_too_large_storage_full"];
            415: components["responses"]["415_heic_not_local_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_images_quota_images_unavailable_misconfigured_storage_unavailable"];
        };
    };
    orderGallery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PhotoOrder"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_event_not_found_not_found"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listDoorLinks: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoorLinkPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_event_not_found_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    createDoorLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDoorLink"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoorLink"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_event_not_found_not_found"];
            409: components["responses"]["409_already_exists_event_cancelled"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    revokeDoorLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                link_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_door_link_not_found_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    showDoor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoorList"];
                    "text/html": string;
                };
            };
            400: components["responses"]["400_invalid_input_link_not_valid"];
            404: components["responses"]["404_link_not_valid_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    checkInAtDoor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DoorCheckIn"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoorList"];
                    "text/html": string;
                };
            };
            400: components["responses"]["400_invalid_input_link_not_valid_malformed_body"];
            404: components["responses"]["404_code_not_found_event_not_found_link_not_valid_not_found"];
            409: components["responses"]["409_already_exists_event_cancelled_last_superadmin_no_seat"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    countWalkIn: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoorList"];
                    "text/html": string;
                };
            };
            400: components["responses"]["400_invalid_input_link_not_valid"];
            404: components["responses"]["404_link_not_valid_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    countRecipients: {
        parameters: {
            query?: {
                /** @description People who answered `yes` or `maybe`, those `waiting` for a seat, those marked as `present`, and those `absent` although they have a seat. Nobody gets it twice. Separated by commas */
                to?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recipients"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_event_not_found_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    sendMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMessage"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentMessage"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_event_not_found_not_found"];
            409: components["responses"]["409_already_exists_count_changed_id_taken"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    repeatEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Repetition"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Repeated"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_event_not_found_not_found"];
            409: components["responses"]["409_already_exists_event_cancelled_event_in_series_event_moved"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    chooseCover: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CoverChoice"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedEvent"];
                };
            };
            400: components["responses"]["400_image_unreadable_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_event_not_found_not_found_photo_not_found"];
            409: components["responses"]["409_already_exists_photo_not_public_upload_too_slow"];
            413: components["responses"]["413_body_too_large_storage_full"];
            415: components["responses"]["415_heic_not_local_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_images_quota_images_unavailable_misconfigured_storage_unavailable"];
        };
    };
    uploadCover: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
                "image/*": string;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedEvent"];
                };
            };
            400: components["responses"]["400_image_unreadable_invalid_input_upload_incomplete"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_event_not_found_not_found"];
            409: components["responses"]["409_already_exists_upload_too_slow"];
            413: components["responses"]["413_file_too_large_image_too_large_storage_full_too_many_pixels"];
            415: components["responses"]["415_heic_not_local_not_an_image_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_images_quota_images_unavailable_misconfigured_storage_unavailable"];
        };
    };
    deleteCover: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedEvent"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_event_not_found_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listNewsletters: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                /** @description In the organization's time zone */
                year?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewsletterPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getNewsletter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Newsletter"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_newsletter_not_found_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    readNewsletter: {
        parameters: {
            query: {
                token: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewsletterInBrowser"];
                    "text/html": string;
                };
            };
            400: components["responses"]["400_invalid_input_link_not_valid"];
            404: components["responses"]["404_link_not_valid_newsletter_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listAllNewsletters: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                send_status?: components["schemas"]["NewsletterSendStatus"];
                /** @description Whether members find it in the archive */
                published?: "true" | "false";
                /** @description Part of a title or description */
                search?: string;
                /** @description From this day or instant on */
                from?: string;
                /** @description Up to and including this day, or before this instant */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedNewsletterPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    createNewsletter: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewNewsletter"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedNewsletter"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getManagedNewsletter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedNewsletter"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_newsletter_not_found_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    editNewsletter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["NewsletterChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedNewsletter"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_newsletter_not_found_not_found"];
            409: components["responses"]["409_already_exists_newsletter_sent"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    deleteNewsletter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_newsletter_not_found_not_found"];
            409: components["responses"]["409_already_exists_newsletter_under_way"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    uploadNewsletter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
                "application/pdf": string;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedNewsletter"];
                };
            };
            400: components["responses"]["400_invalid_input_upload_incomplete"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_newsletter_not_found_not_found"];
            409: components["responses"]["409_already_exists_newsletter_has_no_file_upload_too_slow"];
            413: components["responses"]["413_file_too_large_storage_full"];
            415: components["responses"]["415_not_a_pdf_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_storage_unavailable"];
        };
    };
    previewNewsletter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewsletterPreview"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_newsletter_not_found_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    countNewsletterRecipients: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewsletterRecipients"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_newsletter_not_found_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    testNewsletter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_newsletter_not_found_not_found"];
            409: components["responses"]["409_already_exists_newsletter_not_written"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    sendNewsletter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendNewsletter"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedNewsletter"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_newsletter_not_found_not_found"];
            409: components["responses"]["409_already_exists_count_changed_newsletter_not_written_newsletter_under_way"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    stopNewsletter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoppedNewsletter"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_newsletter_not_found_not_found"];
            409: components["responses"]["409_already_exists_newsletter_not_under_way"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listReports: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                year?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FinancialReportPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FinancialReport"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_document_not_found_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listBylaws: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                kind?: components["schemas"]["DocumentKind"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BylawsPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listCurrentBylaws: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CurrentBylaws"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getBylaws: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bylaws"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_document_not_found_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listMyDocuments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyDocuments"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    acceptMyDocuments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DocumentsAccepted"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyDocuments"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required"];
            409: components["responses"]["409_already_exists_document_not_current"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listManagedReports: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                published?: "true" | "false";
                /** @description Words of the title */
                search?: string;
                year?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedReportPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    createReport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewReport"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedReport"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            409: components["responses"]["409_already_exists_document_without_file"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getManagedReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedReport"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_document_not_found_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    editReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReportChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedReport"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_document_not_found_not_found"];
            409: components["responses"]["409_already_exists_document_without_file"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    deleteReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_document_not_found_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    uploadReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
                "application/pdf": string;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedReport"];
                };
            };
            400: components["responses"]["400_invalid_input_upload_incomplete"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_document_not_found_not_found"];
            409: components["responses"]["409_already_exists_document_is_link_upload_too_slow"];
            413: components["responses"]["413_file_too_large_storage_full"];
            415: components["responses"]["415_not_a_pdf_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_storage_unavailable"];
        };
    };
    listManagedBylaws: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                published?: "true" | "false";
                /** @description Words of the title */
                search?: string;
                kind?: components["schemas"]["DocumentKind"];
                current?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedBylawsPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    createBylaws: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewBylaws"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedBylaws"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            409: components["responses"]["409_already_exists_document_not_published_document_without_file_version_exists"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getManagedBylaws: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedBylaws"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_document_not_found_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    editBylaws: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["BylawsChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedBylaws"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_document_not_found_not_found"];
            409: components["responses"]["409_already_exists_document_accepted_document_current_document_not_published_document_without_file_version_exists"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    deleteBylaws: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_document_not_found_not_found"];
            409: components["responses"]["409_already_exists_document_accepted_document_current"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    uploadBylaws: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
                "application/pdf": string;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedBylaws"];
                };
            };
            400: components["responses"]["400_invalid_input_upload_incomplete"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_document_not_found_not_found"];
            409: components["responses"]["409_already_exists_document_accepted_document_is_link_upload_too_slow"];
            413: components["responses"]["413_file_too_large_storage_full"];
            415: components["responses"]["415_not_a_pdf_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_storage_unavailable"];
        };
    };
    listPlans: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferedPlanPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listAllPlans: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                /** @description Whether people can choose the plan */
                active?: "true" | "false";
                archived?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedPlanPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    createPlan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPlan"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedPlan"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            409: components["responses"]["409_already_exists_plan_exists"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    editPlan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanDetails"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedPlan"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_not_found_plan_not_found"];
            409: components["responses"]["409_already_exists_plan_archived_plan_exists_plan_in_use"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    deletePlan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanRemoval"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_not_found_plan_not_found"];
            409: components["responses"]["409_already_exists_plan_archived"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getMySubscription: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MySubscription"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required"];
            404: components["responses"]["404_no_subscription"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    openBillingPortal: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BillingPortal"];
                };
            };
            400: components["responses"]["400_amount_too_large_amount_too_small_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required"];
            409: components["responses"]["409_already_exists_amount_too_large_amount_too_small_email_refused_no_billing_portal_not_set_up_refused_by_stripe"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_stripe_key_refused_stripe_unavailable"];
        };
    };
    startSubscriptionCheckout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    plan_id: string;
                    /**
                     * @description A donation on top of the dues, with every payment
                     * @default 0
                     * @example 2500
                     */
                    donation_cents?: number;
                    /**
                     * @description The dues, if the member pays more or less than the plan's price: at least its minimum price
                     * @example 2500
                     */
                    base_subscription_cents?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckoutSession"];
                };
            };
            400: components["responses"]["400_amount_too_large_amount_too_small_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_plan_not_found"];
            409: components["responses"]["409_already_exists_already_subscribed_amount_too_large_amount_too_small_below_minimum_checkout_superseded_donation_not_allowed_email_refused_last_superadmin_payment_in_progress_plan_has_no_term_refund_failed_refused_by_stripe_subscription_paused_term_over_term_still_runs"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_stripe_key_refused_stripe_unavailable"];
        };
    };
    listSubscriptions: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                status?: components["schemas"]["SubscriptionStatus"];
                plan_id?: string;
                billing_cycle?: components["schemas"]["BillingCycle"];
                payment_method?: components["schemas"]["PaymentMethod"];
                /** @description Terms whose last day is this one or later, or that end at this instant or later */
                term_end_from?: string;
                /** @description Terms whose last day is this one or earlier, or that end before this instant */
                term_end_to?: string;
                user_id?: string;
                /** @description Part of the member's name or email address */
                search?: string;
                /** @description `term_end`: the soonest first, without terms that never end */
                sort?: "newest" | "oldest" | "term_end";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    recordOfflineTerm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OfflineTerm"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            400: components["responses"]["400_amount_too_large_amount_too_small_invalid_input_malformed_body_term_end_needed_term_without_end"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_plan_not_found_subscription_not_found_user_not_found"];
            409: components["responses"]["409_already_exists_already_subscribed_amount_too_large_amount_too_small_checkout_superseded_donation_not_allowed_email_refused_id_taken_last_superadmin_payment_in_progress_refused_by_stripe_status_conflict_subscription_paused_term_over_term_paid_term_too_early_term_without_end"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_stripe_key_refused_stripe_unavailable"];
        };
    };
    getSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_not_found_subscription_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    editSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubscriptionChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            400: components["responses"]["400_amount_too_large_amount_too_small_invalid_input_malformed_body_term_without_end"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_beyond_own_permissions_permission_missing_second_factor_required_status_not_allowed_superadmins_only"];
            404: components["responses"]["404_not_found_subscription_not_found"];
            409: components["responses"]["409_already_exists_amount_too_large_amount_too_small_email_refused_last_superadmin_not_past_due_refused_by_stripe_renewal_open_renews_itself_subscription_ended_term_before_start_term_without_end"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_stripe_key_refused_stripe_unavailable"];
        };
    };
    getSubscriptionStats: {
        parameters: {
            query?: {
                /** @description The first day, in the organization's time zone. By default the period covers twelve calendar months, the last day's month included */
                from?: string & (unknown & unknown);
                /** @description The last day, in the organization's time zone. By default today, or `from` if that is later */
                to?: string & (unknown & unknown);
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionStats"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    exportSubscriptions: {
        parameters: {
            query?: {
                status?: components["schemas"]["SubscriptionStatus"];
                plan_id?: string;
                billing_cycle?: components["schemas"]["BillingCycle"];
                payment_method?: components["schemas"]["PaymentMethod"];
                /** @description Terms whose last day is this one or later, or that end at this instant or later */
                term_end_from?: string;
                /** @description Terms whose last day is this one or earlier, or that end before this instant */
                term_end_to?: string;
                user_id?: string;
                /** @description Part of the member's name or email address */
                search?: string;
                /** @description `1` starts the file with a byte order mark, for Excel */
                bom?: "0" | "1";
                /** @description How the columns are named: for programs, such as `paid_at`, or for people */
                headers?: "snake_case" | "human";
                /** @description `decimal`: amounts as people write them, `25.00`, in columns such as `net`. `cents`: integers, in columns such as `net_cents` */
                amounts?: "decimal" | "cents";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv; charset=utf-8": string;
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_reauthentication_required_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    cancelSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Cancellation"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            400: components["responses"]["400_amount_too_large_amount_too_small_invalid_input_malformed_body_term_without_end"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_beyond_own_permissions_permission_missing_second_factor_required_status_not_allowed_superadmins_only"];
            404: components["responses"]["404_not_found_subscription_not_found"];
            409: components["responses"]["409_already_exists_amount_too_large_amount_too_small_checkout_superseded_email_refused_last_superadmin_not_followed_payment_in_progress_refund_failed_refused_by_stripe_renewal_open_subscription_ended_term_without_end"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_stripe_key_refused_stripe_unavailable"];
        };
    };
    refundOfflineTerm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TermRefund"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_reauthentication_required_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_not_found_subscription_not_found"];
            409: components["responses"]["409_already_exists_more_than_left_not_refundable_paid_online_refund_exists"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    pauseSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Pause"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            400: components["responses"]["400_amount_too_large_amount_too_small_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_not_found_subscription_not_found"];
            409: components["responses"]["409_already_exists_amount_too_large_amount_too_small_email_refused_last_superadmin_not_active_not_followed_refund_failed_refused_by_stripe_renewal_open_term_over"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_stripe_key_refused_stripe_unavailable"];
        };
    };
    resumeSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Resumption"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            400: components["responses"]["400_amount_too_large_amount_too_small_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_not_found_subscription_not_found"];
            409: components["responses"]["409_already_exists_amount_too_large_amount_too_small_email_refused_last_superadmin_not_followed_not_resumed_nothing_to_resume_payment_in_progress_refund_failed_refused_by_stripe"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_stripe_key_refused_stripe_unavailable"];
        };
    };
    syncSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncedSubscription"];
                };
            };
            400: components["responses"]["400_amount_too_large_amount_too_small_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_not_found_subscription_not_found"];
            409: components["responses"]["409_already_exists_amount_too_large_amount_too_small_email_refused_last_superadmin_not_at_stripe_refund_failed_refused_by_stripe"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_stripe_key_refused_stripe_unavailable"];
        };
    };
    startDonationCheckout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Within the limits in the organization's settings
                     * @example 2500
                     */
                    amount_cents: number;
                    /**
                     * @description Required unless signed in or anonymous. Ignored when signed in
                     * @example Alex Example
                     */
                    donor_name?: string;
                    /**
                     * Format: email
                     * @description Where the receipt goes. Required unless signed in. Ignored when signed in
                     * @example alex@example.org
                     */
                    donor_email?: string;
                    /** @example For the picnic in June */
                    message?: string;
                    /**
                     * @description Show the donor only to people who manage donations
                     * @default false
                     */
                    anonymous?: boolean;
                    /**
                     * @description If given, it must be the platform's currency
                     * @example usd
                     */
                    currency?: string;
                    /**
                     * Format: uuid
                     * @description Chosen by the client. If you send the same request again with the same id, you get the same checkout. A different request with that id gets 409 `request_id_reused`
                     */
                    request_id?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckoutSession"];
                };
            };
            400: components["responses"]["400_amount_too_large_amount_too_small_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            409: components["responses"]["409_already_exists_amount_too_large_amount_too_small_checkout_expired_checkout_superseded_donation_completed_email_refused_refused_by_stripe_request_id_reused"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_stripe_key_refused_stripe_unavailable"];
        };
    };
    listMyDonations: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyDonationPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getMyGivingStatement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A calendar year in the organization's time zone */
                year: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GivingStatement"];
                    "text/html": string;
                    "application/pdf": string;
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required"];
            404: components["responses"]["404_no_statement_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getDonationStats: {
        parameters: {
            query?: {
                /** @description The first day, in the organization's time zone. By default the period covers twelve calendar months, the last day's month included */
                from?: string & (unknown & unknown);
                /** @description The last day, in the organization's time zone. By default today, or `from` if that is later */
                to?: string & (unknown & unknown);
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DonationStats"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    exportDonations: {
        parameters: {
            query?: {
                /** @description `1` starts the file with a byte order mark, for Excel */
                bom?: "0" | "1";
                /** @description How the columns are named: for programs, such as `paid_at`, or for people */
                headers?: "snake_case" | "human";
                /** @description `decimal`: amounts as people write them, `25.00`, in columns such as `net`. `cents`: integers, in columns such as `net_cents` */
                amounts?: "decimal" | "cents";
                donation_type?: components["schemas"]["DonationType"];
                status?: components["schemas"]["DonationStatus"];
                payment_method?: components["schemas"]["PaymentMethod"];
                /** @description From this day or instant on */
                from?: string;
                /** @description Up to and including this day, or before this instant */
                to?: string;
                /** @description The date that `from` and `to` apply to: when the donation was started, or when it was paid */
                dated_by?: "created" | "paid";
                min_amount_cents?: number;
                max_amount_cents?: number;
                /** @description Part of the donor's name or address, or of the message */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv; charset=utf-8": string;
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_reauthentication_required_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getMemberGivingStatement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                /** @description A calendar year in the organization's time zone */
                year: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GivingStatement"];
                    "text/html": string;
                    "application/pdf": string;
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_no_statement_not_found_user_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getDonorGivingStatement: {
        parameters: {
            query: {
                /** @description The address that the donor gave. Case does not matter */
                donor_email: string;
                /** @description A calendar year in the organization's time zone */
                year: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GivingStatement"];
                    "text/html": string;
                    "application/pdf": string;
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_no_statement_user_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listDonations: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                donation_type?: components["schemas"]["DonationType"];
                status?: components["schemas"]["DonationStatus"];
                payment_method?: components["schemas"]["PaymentMethod"];
                /** @description From this day or instant on */
                from?: string;
                /** @description Up to and including this day, or before this instant */
                to?: string;
                /** @description The date that `from` and `to` apply to: when the donation was started, or when it was paid */
                dated_by?: "created" | "paid";
                min_amount_cents?: number;
                max_amount_cents?: number;
                /** @description Part of the donor's name or address, or of the message */
                search?: string;
                /** @description The member who gave it */
                user_id?: string;
                /** @description `amount`: the largest first */
                sort?: "newest" | "oldest" | "amount";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DonationPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    recordOfflineDonation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OfflineDonation"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Donation"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_donation_not_found_user_not_found"];
            409: components["responses"]["409_already_exists_donation_exists"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getDonation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Donation"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_donation_not_found_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    editDonation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DonationDetails"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Donation"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_donor_hidden_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_donation_not_found_not_found"];
            409: components["responses"]["409_already_exists_donor_is_member"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    refundDonation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DonationRefund"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Donation"];
                };
            };
            400: components["responses"]["400_amount_too_large_amount_too_small_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_reauthentication_required_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_donation_not_found_not_found"];
            409: components["responses"]["409_already_exists_amount_too_large_amount_too_small_email_refused_more_than_left_not_refundable_refund_exists_refund_failed_refund_in_progress_refund_refused_refunds_changed_refused_by_stripe"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_stripe_key_refused_stripe_unavailable"];
        };
    };
    resendDonationReceipt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Donation"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_donation_not_found_not_found"];
            409: components["responses"]["409_already_exists_no_address_not_completed_resent_too_often"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    exportLedger: {
        parameters: {
            query?: {
                /** @description The first day, in the organization's time zone. By default the period covers twelve calendar months, the last day's month included */
                from?: string & (unknown & unknown);
                /** @description The last day, in the organization's time zone. By default today, or `from` if that is later */
                to?: string & (unknown & unknown);
                /** @description `1` starts the file with a byte order mark, for Excel */
                bom?: "0" | "1";
                /** @description How the columns are named: for programs, such as `paid_at`, or for people */
                headers?: "snake_case" | "human";
                /** @description `decimal`: amounts as people write them, `25.00`, in columns such as `net`. `cents`: integers, in columns such as `net_cents` */
                amounts?: "decimal" | "cents";
                /** @description By default both, as far as you may export them */
                kind?: "dues" | "donation";
                payment_method?: components["schemas"]["PaymentMethod"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv; charset=utf-8": string;
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_reauthentication_required_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getPaidPage: {
        parameters: {
            query?: {
                session_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notice"];
                    "text/html": string;
                };
            };
            400: components["responses"]["400_invalid_input"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getCancelledPage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notice"];
                    "text/html": string;
                };
            };
            400: components["responses"]["400_invalid_input"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getManagedPage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notice"];
                    "text/html": string;
                };
            };
            400: components["responses"]["400_invalid_input"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    receiveStripeEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Received"];
                };
            };
            400: components["responses"]["400_amount_too_large_amount_too_small_invalid_event_invalid_input_invalid_signature"];
            413: components["responses"]["413_body_too_large"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_stripe_key_refused_stripe_unavailable"];
        };
    };
    listWebhookEvents: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                status?: "applied" | "ignored" | "parked";
                type?: string;
                object_id?: string;
                /** @description First received from this day or instant on */
                from?: string;
                /** @description First received up to and including this day, or before this instant */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEventPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    replayWebhookEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEvent"];
                };
            };
            400: components["responses"]["400_amount_too_large_amount_too_small_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_event_not_found_not_found"];
            409: components["responses"]["409_already_exists_amount_too_large_amount_too_small_email_refused_event_gone_last_superadmin_refund_failed_refused_by_stripe"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_stripe_key_refused_stripe_unavailable"];
        };
    };
    dismissWebhookEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEvent"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_event_not_found_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    receiveMailFeedback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Received"];
                };
            };
            400: components["responses"]["400_invalid_event_invalid_input_invalid_signature"];
            413: components["responses"]["413_body_too_large"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listOutbox: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                status?: "pending" | "sent" | "failed" | "withheld";
                feedback?: "delivered" | "bounced" | "complained";
                template?: string;
                lane?: number;
                /** @description The whole address */
                email?: string;
                user_id?: string;
                /** @description Written from this day or instant on */
                from?: string;
                /** @description Written up to and including this day, or before this instant */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutboxPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getMailHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailHealth"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    retryMail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutboxMail"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_mail_not_found_not_found"];
            409: components["responses"]["409_already_exists_already_sent_already_waiting"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    openUnsubscribeLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notice"];
                    "text/html": string;
                };
            };
            400: components["responses"]["400_invalid_input_link_not_valid"];
            404: components["responses"]["404_link_not_valid_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    unsubscribe: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notice"];
                    "text/html": string;
                };
            };
            400: components["responses"]["400_invalid_input_link_not_valid"];
            404: components["responses"]["404_link_not_valid_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    resubscribe: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notice"];
                    "text/html": string;
                };
            };
            400: components["responses"]["400_invalid_input_link_not_valid"];
            404: components["responses"]["404_link_not_valid_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listJobRuns: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                job?: string;
                outcome?: "succeeded" | "failed";
                /** @description Whether it is the latest run of its job that ended */
                latest?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobRunPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listReminders: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                user_id?: string;
                kind?: components["schemas"]["ReminderKind"];
                outcome?: components["schemas"]["ReminderOutcome"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReminderPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    previewReminders: {
        parameters: {
            query?: {
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReminderPreview"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listEmailTemplates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailTemplateList"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getEmailTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailTemplate"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_email_template_not_found_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    editEmailTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EmailTemplateChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailTemplate"];
                };
            };
            400: components["responses"]["400_invalid_input_malformed_body"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_email_template_not_found_not_found"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    sendTestEmail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_email_template_not_found_not_found"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganisationSettings"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    editSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SettingsChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganisationSettings"];
                };
            };
            400: components["responses"]["400_amount_too_large_amount_too_small_donation_limits_invalid_input_malformed_body_unknown_time_zone"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            409: components["responses"]["409_already_exists_amount_too_large_amount_too_small_email_refused_refused_by_stripe"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_stripe_key_refused_stripe_unavailable"];
        };
    };
    undoSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingsUndo"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganisationSettings"];
                };
            };
            400: components["responses"]["400_amount_too_large_amount_too_small_donation_limits_invalid_input_malformed_body_unknown_time_zone"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            404: components["responses"]["404_change_not_found"];
            409: components["responses"]["409_already_exists_amount_too_large_amount_too_small_email_refused_nothing_to_undo_refused_by_stripe"];
            413: components["responses"]["413_body_too_large"];
            415: components["responses"]["415_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_stripe_key_refused_stripe_unavailable"];
        };
    };
    uploadLogo: {
        parameters: {
            query?: {
                /** @description The ground that the logo is for */
                variant?: "light" | "dark";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
                "image/*": string;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganisationSettings"];
                };
            };
            400: components["responses"]["400_image_unreadable_invalid_input_upload_incomplete"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            409: components["responses"]["409_already_exists_upload_too_slow"];
            413: components["responses"]["413_file_too_large_storage_full_too_many_pixels"];
            415: components["responses"]["415_heic_not_local_not_an_image_unsupported_media_type"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_images_quota_images_unavailable_misconfigured_storage_unavailable"];
        };
    };
    deleteLogo: {
        parameters: {
            query?: {
                /** @description The ground that the logo is for */
                variant?: "light" | "dark";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganisationSettings"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getDashboard: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dashboard"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getNavigation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Navigation"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_second_factor_required"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getBranding: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicBranding"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    listAuditEntries: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next_cursor` of the previous page */
                cursor?: string;
                actor_id?: string;
                subject_type?: string;
                subject_id?: string;
                action?: string;
                /** @description From this day or instant on */
                from?: string;
                /** @description Up to and including this day, or before this instant */
                to?: string;
                request_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEntryPage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    getPhoto: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Part of the link that an answer gave */
                pass: string;
                variant: "full.webp" | "thumb.webp";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "image/webp": string;
                };
            };
            400: components["responses"]["400_invalid_input"];
            404: components["responses"]["404_not_found"];
            416: components["responses"]["416_range_not_satisfiable"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_storage_unavailable"];
        };
    };
    getDocument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Part of the link that an answer gave */
                pass: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            400: components["responses"]["400_invalid_input"];
            404: components["responses"]["404_not_found"];
            416: components["responses"]["416_range_not_satisfiable"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_storage_unavailable"];
        };
    };
    getStagedUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Part of the link that an answer gave */
                pass: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "image/*": string;
                };
            };
            400: components["responses"]["400_invalid_input"];
            404: components["responses"]["404_not_found"];
            416: components["responses"]["416_range_not_satisfiable"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_storage_unavailable"];
        };
    };
    getPublicFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: "event_cover" | "logo";
                name: string;
                variant: "full.webp" | "thumb.webp" | "logo.png" | "logo.jpg";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "image/*": string;
                };
            };
            400: components["responses"]["400_invalid_input"];
            404: components["responses"]["404_not_found"];
            416: components["responses"]["416_range_not_satisfiable"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured_storage_unavailable"];
        };
    };
    getStorageUsage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StorageUsage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
    recalculateStorage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StorageUsage"];
                };
            };
            400: components["responses"]["400_invalid_input"];
            401: components["responses"]["401_invalid_token_not_signed_in_session_ended_token_expired"];
            403: components["responses"]["403_permission_missing_second_factor_required_status_not_allowed"];
            429: components["responses"]["429_too_many_requests"];
            500: components["responses"]["500_internal_error"];
            503: components["responses"]["503_database_unavailable_misconfigured"];
        };
    };
}
