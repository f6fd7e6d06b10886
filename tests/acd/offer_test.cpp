// SPDX-License-Identifier: Apache-2.0
// The offer machine alone, whole: 7 states x 11 events x 4 facts, each checked against the rules that make an
// offer safe.
#include "acd/offer.hpp"

#include <gtest/gtest.h>

namespace tl::acd {
namespace {

template <class F> void every(F f) {
  for (int s = 0; s < offer_states; ++s)
    for (int e = 0; e < offer_events; ++e)
      for (int k = 0; k < 4; ++k) {
        const auto state = static_cast<OfferState>(s);
        const auto event = static_cast<OfferEvent>(e);
        const OfferFacts facts{(k & 1) != 0, (k & 2) != 0};
        SCOPED_TRACE(std::string(to_string(state)) + ", " + to_string(event) +
                     (facts.at_station ? ", at station" : "") + (facts.at_queue ? ", at queue" : ""));
        f(state, event, facts, step(state, event, facts));
      }
}

bool waits_for_somebody(OfferState state) {
  return state != OfferState::talking && state != OfferState::ended;
}

} // namespace

TEST(Offer, EveryStateThatWaitsHasALease) {
  every([](OfferState state, OfferEvent event, OfferFacts, OfferStep step) {
    if (waits_for_somebody(step.next)) {
      EXPECT_NE(step.timer, OfferTimer::stop);
      if (state != step.next && step.timer == OfferTimer::keep) {
        EXPECT_TRUE(waits_for_somebody(state));
      }
      // A timer that fired no longer runs: whoever stays must start one.
      if (event == OfferEvent::timeout) {
        EXPECT_NE(step.timer, OfferTimer::keep);
      }
    } else if (state != step.next) {
      EXPECT_EQ(step.timer, OfferTimer::stop);
    }
  });
}

TEST(Offer, EndsWithExactlyOneOutcome) {
  every([](OfferState state, OfferEvent, OfferFacts, OfferStep step) {
    EXPECT_EQ(step.outcome != Outcome::none, step.next == OfferState::ended && state != OfferState::ended);
    EXPECT_EQ(step.outcome == Outcome::finished,
              state == OfferState::talking && step.next == OfferState::ended);
  });
}

TEST(Offer, NoCallerIsLost) {
  every([](OfferState state, OfferEvent event, OfferFacts facts, OfferStep step) {
    // Who waits on is really there.
    if (step.outcome == Outcome::wait || step.outcome == Outcome::refused) {
      EXPECT_TRUE(facts.at_queue || event == OfferEvent::back);
    }
    // A caller is given up only after a lease in which neither the queue nor the agent showed the call.
    if (step.outcome == Outcome::elsewhere) {
      EXPECT_EQ(state, OfferState::returning);
      EXPECT_EQ(event, OfferEvent::timeout);
      EXPECT_FALSE(facts.at_queue || facts.at_station);
    }
    EXPECT_EQ(step.outcome == Outcome::abandoned,
              event == OfferEvent::caller_gone && waits_for_somebody(state));
  });
}

TEST(Offer, AnAnswerAlwaysWins) {
  every([](OfferState state, OfferEvent event, OfferFacts, OfferStep step) {
    if (event == OfferEvent::answered && state != OfferState::ended) {
      EXPECT_EQ(step.next, OfferState::talking);
    } else if (state != OfferState::talking) {
      EXPECT_NE(step.next, OfferState::talking);
    }
  });
}

TEST(Offer, OnlyARingingCallIsRecalled) {
  every([](OfferState, OfferEvent event, OfferFacts facts, OfferStep step) {
    if (!step.recall) return;
    EXPECT_EQ(step.next, OfferState::recalling);
    EXPECT_TRUE(facts.at_station || event == OfferEvent::ringing);
  });
}

TEST(Offer, AWithdrawnAgentIsNotLeftRinging) {
  every([](OfferState state, OfferEvent event, OfferFacts, OfferStep step) {
    if (event != OfferEvent::withdrawn || !waits_for_somebody(state)) return;
    EXPECT_NE(step.next, OfferState::reserved);
    EXPECT_NE(step.next, OfferState::alerting);
  });
}

TEST(Offer, NothingHappensAfterTheEnd) {
  every([](OfferState state, OfferEvent, OfferFacts, OfferStep step) {
    if (state != OfferState::ended) return;
    EXPECT_EQ(step.next, OfferState::ended);
    EXPECT_EQ(step.timer, OfferTimer::keep);
    EXPECT_FALSE(step.recall);
  });
}

// When everybody else is silent, timers alone free the agent within three leases, unless the phone really
// rings.
TEST(Offer, SilenceFreesTheAgent) {
  for (int s = 0; s < offer_states; ++s)
    for (bool at_queue : {false, true}) {
      auto state = static_cast<OfferState>(s);
      if (!waits_for_somebody(state)) continue;
      int timeouts = 0;
      while (state != OfferState::ended && timeouts < 10) {
        state = step(state, OfferEvent::timeout, {false, at_queue}).next;
        ++timeouts;
      }
      EXPECT_LE(timeouts, 3) << to_string(static_cast<OfferState>(s)) << " at queue " << at_queue;
    }
}

} // namespace tl::acd
