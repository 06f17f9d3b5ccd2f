//! Sites connected with tokens of their own.

use simulator::SiteFacts;

use super::{House, Sent, Visitor};

impl Visitor {
    /// Connects a site by its form, and shows the page that it leads to.
    pub async fn try_connect(&self, site: &str, token_name: &str, token: &str) -> Sent {
        let path = format!("/sites/{site}/connect");
        let ticket = self.get(&path).await.field("ticket");
        let fields = [("site", site), ("ticket", &ticket), ("token_name", token_name), ("token", token)];
        self.submit(&path, "/api/plane/connect", &fields).await
    }

    /// Connects a site, which must succeed.
    pub async fn connect_site(&self, site: &str, token_name: &str, token: &str) {
        let sent = self.try_connect(site, token_name, token).await;
        sent.leads_to(&format!("/sites/{site}/connect?notice=site-connected"));
    }
}

impl House {
    /// The pretend token of a site: its name and its secret.
    pub fn site_token(&self, site: &str) -> (String, String) {
        let details = self.simulator.details();
        let found = details.sites.iter().find(|known| known.site_id == site).unwrap();
        (found.pat_name.clone(), found.pat_secret.clone())
    }

    /// An active site that the administrator has connected.
    pub async fn connected_site(&self) -> SiteFacts {
        let site = self.active_site();
        let (name, secret) = self.site_token(&site.id);
        self.sign_in().await.connect_site(&site.id, &name, &secret).await;
        site
    }
}
