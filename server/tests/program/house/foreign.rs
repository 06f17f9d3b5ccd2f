//! Things that are not the caller's: what another tenant owns, should Tableau ever hand it out.

use model::{ActId, Moment, TenantId, audit::ActState};
use simulator::Fault;
use store::{BeginError, Finish, NewAct};
use uuid::Uuid;

use super::House;

impl House {
    /// A site of another tenant, which Tableau answers with as if it were ours.
    pub async fn foreign_site(&self) -> String {
        let own = self.active_site().id;
        let path = format!("/api/v1/tenants/{}/sites/{own}", self.tenant());
        self.foreign(&path, &own, "/sites/").await
    }

    /// A job of another tenant, which Tableau answers with as if it were ours.
    pub async fn foreign_job(&self) -> String {
        let own = self.world().job("import-partial").unwrap();
        self.foreign(&format!("/api/v1/users/jobs/{own}"), &own, "/jobs/").await
    }

    /// An act in the audit log of another tenant, with an unknown fate.
    pub async fn foreign_act(&self) -> String {
        let act = self.lost_act(TenantId::from(Uuid::now_v7()), &self.active_site().id, 0).await;
        act.to_string()
    }

    /// Takes an object from Tableau, gives it another id and another tenant, and lets Tableau answer with that.
    async fn foreign(&self, path: &str, own: &str, folder: &str) -> String {
        let (client, base) = (reqwest::Client::new(), &self.simulator.details().tcm_url);
        let token = serde_json::json!({ "token": self.token() });
        let session = client.post(format!("{base}/api/v1/pat/login")).json(&token).send().await.unwrap();
        let session: serde_json::Value = session.json().await.unwrap();
        let session = session["sessionToken"].as_str().unwrap();
        let real = client.get(format!("{base}{path}")).header("x-tableau-session-token", session);
        let real = real.send().await.unwrap().error_for_status().unwrap().text().await.unwrap();
        let (other, tenant) = (Uuid::now_v7().to_string(), Uuid::now_v7().to_string());
        let body = real.replace(own, &other).replace(&self.tenant().to_string(), &tenant);
        self.world().inject(Fault::status(200).on("GET", &format!("{folder}{other}")).body(&body));
        other
    }

    /// An act that suspended a site some seconds ago and whose answer was lost.
    pub async fn lost_act(&self, tenant: TenantId, site: &str, seconds_ago: i64) -> ActId {
        let at = Moment::from(time::OffsetDateTime::now_utc()).plus_seconds(-seconds_ago);
        let new = suspension(tenant, site, at, "Test");
        self.store.audit_begin(&new).await.unwrap();
        let finish = Finish { state: ActState::Unknown, code: None, after: None, at };
        self.store.audit_finish(new.act, &finish).await.unwrap();
        new.act
    }

    /// Writes an act on some other thing into the log.
    pub async fn note(&self, reason: &str) -> Result<(), BeginError> {
        let at = Moment::from(time::OffsetDateTime::now_utc());
        self.store.audit_begin(&suspension(self.tenant(), &Uuid::now_v7().to_string(), at, reason)).await
    }
}

fn suspension(tenant: TenantId, site: &str, at: Moment, reason: &str) -> NewAct {
    NewAct {
        act: ActId::from(Uuid::now_v7()),
        at,
        tenant,
        who: "Somebody".to_owned(),
        who_id: Uuid::nil().to_string(),
        verb: "site.suspend".to_owned(),
        object_kind: "site".to_owned(),
        object: site.to_owned(),
        object_name: "Some site".to_owned(),
        reason: Some(reason.to_owned()),
        before: None,
        via: None,
        actor: Uuid::nil().to_string(),
        reference: "req-1".to_owned(),
    }
}
