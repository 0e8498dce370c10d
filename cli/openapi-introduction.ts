/** What somebody who begins to write a frontend reads first, in Markdown. */
export const INTRODUCTION = `People apply, verify their address, get approved by volunteers, pay dues, and come to events.

## Signing in

\`POST /api/auth/login\` with an email address and a password answers \`access_token\`, \`refresh_token\` and the person. Send
the access token with each request: \`Authorization: Bearer …\`. It lasts \`expires_in\` seconds; then
\`POST /api/auth/refresh\` turns the refresh token into a new pair. If the account has a second factor, login answers
\`mfa_required: true\` with an \`mfa_token\` instead, for \`POST /api/auth/mfa/sign-in\`.

To try routes here: send \`login\`, copy \`access_token\` from the answer, and paste it under **Authorize**. On a developer's
machine, choose one of the sample people under **Sign in as** instead. There, every example works as it stands for Sam, the
superadmin. If one needs somebody else, or something that only you can get, the route says so.

A role can require a second factor. Until its holders set one up, most routes answer them 403 \`second_factor_required\`.

A few routes need a fresh proof of identity, and say so. If 15 minutes have passed, they answer 403
\`reauthentication_required\`: send the password or a code to \`POST /api/auth/reauthenticate\`, and try again.

## Lists

A list answers \`{"items": […], "next_cursor": …}\`, at most \`limit\` (100) items. For the next page, send \`next_cursor\` as
\`cursor\` with the same filters, until it is null.

## Errors

Every error answers \`{"detail", "code", "request_id"}\`: a sentence for people, a name for programs, and the request in our
logs. Invalid input adds \`errors\`, with the \`path\` and \`message\` of each field. Each route lists the codes that it may answer.
After 429 and 503, wait for \`Retry-After\` seconds. After a 503, what was asked may be done or not, but never in part. A GET
can be sent again, and so can a route that says so (\`x-repeatable\`).

## Money, time and names

Money is in integer cents. Times in answers are in UTC, such as \`2027-03-01T18:30:00.000Z\`; requests may use any offset. A
date without a time is a day in the organization's time zone. Unknown query parameters are refused, and so are unknown
fields, except where a route says otherwise. An answer may gain fields.
`;
