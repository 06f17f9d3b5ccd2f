//! People without a token: invited, joined, signed in.

use std::sync::Arc;

use store::{Binding, SignIns};
use totp_rs::{Builder, Secret};
use tower_sessions::{Expiry, Session};
use uuid::Uuid;

use super::{Answer, House, Sent, Visitor};

/// A pass-phrase that nobody has.
pub const PHRASE: &str = "seven quiet otters paint a fence";

/// Somebody with an account of Steward's own.
pub struct Member {
    pub email: String,
    pub visitor: Visitor,
    pub codes: Vec<String>,
    pub account: String,
    /// The code that they joined with.
    pub used: String,
    secret: String,
}

impl Member {
    /// The secret in their app.
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// The code that their app shows so many half minutes from now.
    pub fn code(&self, later: i64) -> String {
        code_of(&self.secret, later)
    }

    /// Sends a form on the page of this account, as an owner.
    pub async fn turned_by(&self, owner: &Visitor, what: &str) -> Sent {
        let page = format!("/accounts/{}", self.account);
        let ticket = owner.get(&page).await.field("ticket");
        let fields = [("account", self.account.as_str()), ("ticket", &ticket)];
        owner.submit(&page, &format!("/api/accounts/{what}"), &fields).await
    }

    /// Signs in in a browser.
    pub async fn enter(&self, visitor: &Visitor, password: &str, code: &str) -> Answer {
        enter(visitor, &self.email, password, code).await
    }
}

/// Sends the sign-in form of an account.
pub async fn enter(visitor: &Visitor, email: &str, password: &str, code: &str) -> Answer {
    let fields = [("email", email), ("password", password), ("code", code), ("next", "")];
    visitor.post("/login?way=account", "/login/account", &fields).await
}

/// The code of a secret so many half minutes from now.
pub fn code_of(secret: &str, later: i64) -> String {
    let secret = Secret::try_from_base32(secret).unwrap();
    let totp = Builder::new().with_secret(secret).build().unwrap();
    let now = time::OffsetDateTime::now_utc().unix_timestamp() + later * 30;
    totp.generate(now.try_into().unwrap()).to_string()
}

/// The secret on the page of an invitation.
pub fn secret_on(page: &Answer) -> String {
    let (_, rest) = page.body.split_once("<p><code class=\"copy\">").expect("no secret on the page");
    rest.split('<').next().unwrap().replace(' ', "")
}

/// What stands to be copied on a page that shows it once.
pub fn lines_on(page: &Answer) -> Vec<String> {
    let parts = page.body.split("<code class=\"copy word\">").skip(1);
    parts.map(|rest| rest.split('<').next().unwrap().to_owned()).collect()
}

impl House {
    /// Invites somebody as an owner does; gives back the link without the origin.
    pub async fn invite(&self, owner: &Visitor, email: &str) -> String {
        let ticket = owner.get("/accounts").await.field("ticket");
        let fields = [("email", email), ("ticket", &ticket)];
        let answer = owner.post("/accounts", "/accounts/invite", &fields).await;
        let link = lines_on(&answer).pop().unwrap_or_else(|| panic!("no link: {}", answer.words()));
        link.strip_prefix(&self.origin).unwrap().to_owned()
    }

    /// Follows an invitation and fills its form in.
    pub async fn join(&self, link: &str, email: &str) -> Member {
        let visitor = self.stranger();
        let page = visitor.get(link).await;
        let secret = secret_on(&page);
        let used = code_of(&secret, 0);
        let answer = self.send_join(&visitor, &page, PHRASE, &used).await;
        let codes = lines_on(&answer);
        assert_eq!(codes.len(), model::accounts::RECOVERY_CODES, "{}", answer.words());
        let account = self.store.proofs_by_address(email).await.unwrap().unwrap().member.id.to_string();
        Member { email: email.to_owned(), visitor, codes, account, used, secret }
    }

    /// Sends the form of an invitation.
    pub async fn send_join(&self, visitor: &Visitor, page: &Answer, password: &str, code: &str) -> Answer {
        let (key, sealed) = (page.field("key"), page.field("sealed"));
        let fields = [
            ("key", key.as_str()),
            ("sealed", &sealed),
            ("name", "Dana Reed"),
            ("password", password),
            ("again", password),
            ("code", code),
        ];
        visitor.post("/join", "/join", &fields).await
    }

    /// Somebody invited and joined.
    pub async fn member(&self, email: &str) -> Member {
        let owner = self.sign_in().await;
        let link = self.invite(&owner, email).await;
        self.join(&link, email).await
    }

    /// The cookie of a sign-in of this account, made without a password.
    pub async fn cookie_of(&self, account: &operations::Account) -> String {
        let sign_ins = Arc::new(SignIns::new(self.store.clone()));
        let session = Session::new(None, sign_ins, Some(Expiry::AtDateTime(account.ends.time())));
        session.insert(server::guard::ACCOUNT, account).await.unwrap();
        session.save().await.unwrap();
        let id = session.id().unwrap();
        let binding = Binding {
            account: account.id,
            credential: account.own_credential(),
            ends: account.ends,
            began: account.proved,
            address: "127.0.0.1".to_owned(),
            browser: "A test".to_owned(),
        };
        self.store.bind_sign_in(&id, &binding).await.unwrap();
        format!("{}={id}", server::routes::COOKIE)
    }

    /// The id of a new account that stands so.
    pub async fn account_standing(&self, standing: &str) -> String {
        self.new_account(self.tenant(), standing).await
    }

    /// The id of an account of another tenant.
    pub async fn foreign_account(&self) -> String {
        self.new_account(Uuid::now_v7().into(), "active").await
    }

    async fn new_account(&self, tenant: model::TenantId, standing: &str) -> String {
        let now = model::Moment::from(time::OffsetDateTime::now_utc());
        let (email, key) = (format!("{}@example.com", Uuid::now_v7()), Uuid::now_v7().to_string());
        let until = now.plus_seconds(600);
        let new = store::NewInvitation { tenant, email: &email, by: "Ada", key: &key, until, now };
        let id = self.store.invite_member(new).await.unwrap().unwrap();
        self.sql(&format!("UPDATE member SET standing = '{standing}' WHERE folded = '{email}'")).await;
        id.to_string()
    }

    /// Makes every sign-in one whose proof is six minutes old.
    pub async fn make_stale(&self) {
        let ago = 6 * 60 * 1_000_000;
        let proved = "json_extract(data, '$.account.proved')";
        self.sql(&format!("UPDATE sign_in SET data = json_set(data, '$.account.proved', {proved} - {ago})"))
            .await;
    }
}
