// SPDX-License-Identifier: Apache-2.0
#ifndef TAPI_H
#define TAPI_H

/* clang-format off */

/*
 * The Telephony API, version 2.2 with the members that 3.0 and 3.1 added: the interface between telephony
 * applications and the telephony server. A C program written for the Windows header of this name compiles
 * with this one, as C99 or C++, and links with -ltapi32.
 *
 * How to read it
 *
 * A name in brackets, as [linecallstate--constants], is the page of Microsoft's public documentation that
 * defines what follows. A function's page is nf-tapi- and its name in lower case, a structure's ns-tapi- and
 * its name, a message's its name with a dash (line-callstate). A number in parentheses is the API version
 * that introduced the thing; nothing means 1.3.
 *
 * Results. A function returns 0, or a negative LINEERR_, PHONEERR_ or TAPIERR_ value. One marked
 * "asynchronous" returns a positive request id instead of 0; exactly one LINE_REPLY or PHONE_REPLY with that
 * id in dwParam1 and the result in dwParam2 (cast it to LONG) follows, never before the function has
 * returned. What the function's pointers lead to must stay valid until then where the reply fills it
 * (lphCall, lpParams and their like).
 *
 * Brackets behind a function say what the call handle needs: the privilege, then the call states in which the
 * function is allowed.
 *
 * Structures are flat. The caller sets dwTotalSize to the bytes it allocated; the function sets dwNeededSize
 * and dwUsedSize and puts variable parts behind the fixed one, at an Offset from the structure's start and
 * with a Size in bytes, terminating zero included. A structure too small for the variable parts is not an
 * error: dwNeededSize says what a second attempt needs. LINEERR_STRUCTURETOOSMALL means that not even the
 * fixed part of the negotiated version fits; "fixed part" gives its size where it grew. All structures are
 * declared whole, whatever TAPI_CURRENT_VERSION is, and packed to single bytes.
 *
 * Texts. Functions exist in an A form (UTF-8 here, the ANSI code page on Windows) and a W form (UTF-16). The
 * name without suffix means the A form, or the W form where UNICODE is defined.
 *
 * Messages. With LINEINITIALIZEEXOPTION_USEEVENT, Handles.hEvent is a file descriptor (see wintypes.h) that
 * polls readable while lineGetMessage has something to return.
 */

#include "trunkline/wintypes.h"

/* The API version the program is written to. It is a value for version negotiation; it hides nothing here. */
#ifndef TAPI_CURRENT_VERSION
#define TAPI_CURRENT_VERSION 0x00020002
#endif

#pragma pack(push, 1)

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Handles and callbacks ----------------------------------------------------------------------------- */

/* A handle is a 32-bit number that the library gives out; 0 is none. */
#define DECLARE_OPAQUE32(name) typedef DWORD name

DECLARE_OPAQUE32(HLINEAPP);        /* a program's use of the line functions: lineInitializeEx */
DECLARE_OPAQUE32(HLINE);           /* an open line: lineOpen */
DECLARE_OPAQUE32(HCALL);           /* a program's view of one call on one line */
DECLARE_OPAQUE32(HCALLHUB);        /* the calls that belong to one conversation (3.0) */
DECLARE_OPAQUE32(HAGENT);          /* an agent: lineCreateAgent (2.2) */
DECLARE_OPAQUE32(HAGENTSESSION);   /* an agent's work for one group: lineCreateAgentSession (2.2) */
DECLARE_OPAQUE32(HPHONEAPP);       /* a program's use of the phone functions: phoneInitializeEx */
DECLARE_OPAQUE32(HPHONE);          /* an open phone: phoneOpen */
DECLARE_OPAQUE32(HPRIVATECHANNEL); /* a provider-specific channel (3.0) */

typedef HLINEAPP *LPHLINEAPP;
typedef HLINE *LPHLINE;
typedef HCALL *LPHCALL;
typedef HCALLHUB *LPHCALLHUB;
typedef HAGENT *LPHAGENT;
typedef HAGENTSESSION *LPHAGENTSESSION;
typedef HPHONEAPP *LPHPHONEAPP;
typedef HPHONE *LPHPHONE;
typedef HPRIVATECHANNEL *LPHPRIVATECHANNEL;
typedef HICON *LPHICON;

/*
 * Receives the messages of lineInitialize, and of lineInitializeEx with the hidden-window option. hDevice is
 * the HLINE, HCALL or HLINEAPP the message is about, dwInstance what the program gave to lineOpen.
 */
typedef void(CALLBACK *LINECALLBACK)(
    DWORD hDevice, DWORD dwMessage, DWORD_PTR dwInstance, DWORD_PTR dwParam1, DWORD_PTR dwParam2,
    DWORD_PTR dwParam3);

/* The same for phones. */
typedef void(CALLBACK *PHONECALLBACK)(
    DWORD hDevice, DWORD dwMessage, DWORD_PTR dwInstance, DWORD_PTR dwParam1, DWORD_PTR dwParam2,
    DWORD_PTR dwParam3);

/* ---- Messages ------------------------------------------------------------------------------------------ */

#define LINE_ADDRESSSTATE       0  /* address status item changed */
#define LINE_CALLINFO           1  /* an item of call information changed */
#define LINE_CALLSTATE          2  /* call state changed or new call announced */
#define LINE_CLOSE              3  /* open line forcibly closed */
#define LINE_DEVSPECIFIC        4  /* device-specific event */
#define LINE_DEVSPECIFICFEATURE 5  /* device-specific feature event */
#define LINE_GATHERDIGITS       6  /* buffered digit gathering ended */
#define LINE_GENERATE           7  /* digit/tone generation ended */
#define LINE_LINEDEVSTATE       8  /* line device status item changed */
#define LINE_MONITORDIGITS      9  /* digit detected */
#define LINE_MONITORMEDIA       10 /* media type detected */
#define LINE_MONITORTONE        11 /* monitored tone detected */
#define LINE_REPLY              12 /* asynchronous line function completed */
#define LINE_REQUEST            13 /* assisted-telephony request pending */
#define PHONE_BUTTON            14 /* phone button pressed or released */
#define PHONE_CLOSE             15 /* open phone forcibly closed */
#define PHONE_DEVSPECIFIC       16 /* device-specific phone event */
#define PHONE_REPLY             17 /* asynchronous phone function completed */
#define PHONE_STATE             18 /* phone status item changed */
#define LINE_CREATE             19 /* line device created (1.4) */
#define PHONE_CREATE            20 /* phone device created (1.4) */
#define LINE_AGENTSPECIFIC      21 /* agent-handler-specific event (2.0) */
#define LINE_AGENTSTATUS        22 /* agent status on an address changed (2.0) */
#define LINE_APPNEWCALL         23 /* new call handle given to the application (2.0) */
#define LINE_PROXYREQUEST       24 /* request delivered to a proxy handler (2.0) */
#define LINE_REMOVE             25 /* line device removed (2.0) */
#define PHONE_REMOVE            26 /* phone device removed (2.0) */
#define LINE_AGENTSESSIONSTATUS 27 /* agent session status changed (2.2) */
#define LINE_QUEUESTATUS        28 /* queue status changed (2.2) */
#define LINE_AGENTSTATUSEX      29 /* agent status changed (2.2) */
#define LINE_GROUPSTATUS        30 /* ACD group list changed (2.2) */
#define LINE_PROXYSTATUS        31 /* set of available proxies changed (2.2) */
#define LINE_APPNEWCALLHUB      32 /* call hub created (2.2) */
#define LINE_CALLHUBCLOSE       33 /* call hub closed (2.2) */
#define LINE_DEVSPECIFICEX      34 /* device-specific event (TAPI 3 level) (2.2) */

/* ---- Constants ----------------------------------------------------------------------------------------- */

/* Device id that asks TSPI_lineNegotiateTSPIVersion about the provider as a whole. */
#define INITIALIZE_NEGOTIATION 0xFFFFFFFFU

/* Device id for lineOpen: any line that fits lpCallParams. */
#define LINEMAPPER 0xFFFFFFFFU

/* The highest bits that TAPI defines; those above belong to providers. */
#define LAST_LINEMEDIAMODE   0x00008000
#define LAST_LINEREQUESTMODE 0x00000002

/* The window message of the obsolete tapiRequestMediaCall. */
#define TAPI_REPLY (WM_USER + 99)

/* What an address can do with calls: LINEADDRESSCAPS.dwAddrCapFlags [lineaddrcapflags--constants] */
#define LINEADDRCAPFLAGS_FWDNUMRINGS              0x00000001  /* ring count before no-answer forwarding can
                                                               * be chosen (range in dwMin/MaxFwdNumRings) */
#define LINEADDRCAPFLAGS_PICKUPGROUPID            0x00000002  /* linePickup needs a pickup-group id */
#define LINEADDRCAPFLAGS_SECURE                   0x00000004  /* calls can be set up secure from the start */
#define LINEADDRCAPFLAGS_BLOCKIDDEFAULT           0x00000008  /* caller ID is withheld unless overridden */
#define LINEADDRCAPFLAGS_BLOCKIDOVERRIDE          0x00000010  /* the caller-ID default can be overridden
                                                               * for one call */
#define LINEADDRCAPFLAGS_DIALED                   0x00000020  /* a number must be dialled to reach anyone
                                                               * (clear = hot-phone with fixed destination) */
#define LINEADDRCAPFLAGS_ORIGOFFHOOK              0x00000040  /* originating set can be forced off-hook
                                                               * when a call is made */
#define LINEADDRCAPFLAGS_DESTOFFHOOK              0x00000080  /* called set can be forced off-hook when a
                                                               * call is made */
#define LINEADDRCAPFLAGS_FWDCONSULT               0x00000100  /* setting forwarding creates a consultation
                                                               * call */
#define LINEADDRCAPFLAGS_SETUPCONFNULL            0x00000200  /* a conference starts without an initial
                                                               * call (lineSetupConference with NULL hCall) */
#define LINEADDRCAPFLAGS_AUTORECONNECT            0x00000400  /* dropping the consultation call brings the
                                                               * held call back by itself */
#define LINEADDRCAPFLAGS_COMPLETIONID             0x00000800  /* completion ids from lineCompleteCall are
                                                               * meaningful and unique */
#define LINEADDRCAPFLAGS_TRANSFERHELD             0x00001000  /* a call on hard hold may be the
                                                               * target/subject of a transfer */
#define LINEADDRCAPFLAGS_TRANSFERMAKE             0x00002000  /* a fresh lineMakeCall call may serve as the
                                                               * consultation call of a transfer */
#define LINEADDRCAPFLAGS_CONFERENCEHELD           0x00004000  /* a call on hard hold may be added to a
                                                               * conference */
#define LINEADDRCAPFLAGS_CONFERENCEMAKE           0x00008000  /* a fresh lineMakeCall call may be added to
                                                               * a conference */
#define LINEADDRCAPFLAGS_PARTIALDIAL              0x00010000  /* dialling in several pieces is supported */
#define LINEADDRCAPFLAGS_FWDSTATUSVALID           0x00020000  /* forwarding data in LINEADDRESSSTATUS is
                                                               * confirmed by the switch, not a guess */
#define LINEADDRCAPFLAGS_FWDINTEXTADDR            0x00040000  /* internal and external callers can be
                                                               * forwarded to different numbers */
#define LINEADDRCAPFLAGS_FWDBUSYNAADDR            0x00080000  /* busy and no-answer forwarding can use
                                                               * different numbers */
#define LINEADDRCAPFLAGS_ACCEPTTOALERT            0x00100000  /* lineAccept is needed before alerting
                                                               * starts */
#define LINEADDRCAPFLAGS_CONFDROP                 0x00200000  /* dropping the conference parent disconnects
                                                               * every member */
#define LINEADDRCAPFLAGS_PICKUPCALLWAIT           0x00400000  /* linePickup can take a call-waiting call
                                                               * the provider cannot itself detect */
#define LINEADDRCAPFLAGS_PREDICTIVEDIALER         0x00800000  /* address has enhanced call-progress
                                                               * detection and possibly auto-transfer for
                                                               * outgoing calls (2.0) */
#define LINEADDRCAPFLAGS_QUEUE                    0x01000000  /* address is a waiting place for calls, not
                                                               * a station (2.0) */
#define LINEADDRCAPFLAGS_ROUTEPOINT               0x02000000  /* address holds calls until the application
                                                               * routes them; switch default applies on
                                                               * time-out (2.0) */
#define LINEADDRCAPFLAGS_HOLDMAKESNEW             0x04000000  /* holding a call makes the provider create a
                                                               * new one, usually in dialtone (2.0) */
#define LINEADDRCAPFLAGS_NOINTERNALCALLS          0x08000000  /* direct trunk line that cannot reach PBX
                                                               * extensions (2.0) */
#define LINEADDRCAPFLAGS_NOEXTERNALCALLS          0x10000000  /* intercom-type line that cannot reach
                                                               * outside numbers (2.0) */
#define LINEADDRCAPFLAGS_SETCALLINGID             0x20000000  /* application may supply CallingPartyID in
                                                               * LINECALLPARAMS (2.0) */
#define LINEADDRCAPFLAGS_ACDGROUP                 0x40000000  /* address supports ACD groups (2.2) */
#define LINEADDRCAPFLAGS_NOPSTNADDRESSTRANSLATION 0x80000000U /* no PSTN dialling-rule translation applies
                                                               * to this address (3.0) */

/* How an address is named [lineaddressmode--constants] */
#define LINEADDRESSMODE_ADDRESSID    0x00000001 /* address given as a small index on the line */
#define LINEADDRESSMODE_DIALABLEADDR 0x00000002 /* address given as a phone number string */

/* Who shares an address: LINEADDRESSCAPS.dwAddressSharing [lineaddresssharing--constants] */
#define LINEADDRESSSHARING_PRIVATE       0x00000001 /* used by this line only */
#define LINEADDRESSSHARING_BRIDGEDEXCL   0x00000002 /* shared; first user takes the whole address */
#define LINEADDRESSSHARING_BRIDGEDNEW    0x00000004 /* shared; first user owns its call, others get
                                                     * separate calls */
#define LINEADDRESSSHARING_BRIDGEDSHARED 0x00000008 /* shared; all bridged parties join the same call */
#define LINEADDRESSSHARING_MONITORED     0x00000010 /* only busy/idle status is visible here */

/* Items of an address status: LINE_ADDRESSSTATE [lineaddressstate--constants] */
#define LINEADDRESSSTATE_OTHER       0x00000001 /* something not listed changed; re-read the status */
#define LINEADDRESSSTATE_DEVSPECIFIC 0x00000002 /* device-specific part changed */
#define LINEADDRESSSTATE_INUSEZERO   0x00000004 /* no station uses the address any more */
#define LINEADDRESSSTATE_INUSEONE    0x00000008 /* exactly one station now uses it */
#define LINEADDRESSSTATE_INUSEMANY   0x00000010 /* more than one bridged station now uses it */
#define LINEADDRESSSTATE_NUMCALLS    0x00000020 /* one of the active/held/held-pending call counts changed */
#define LINEADDRESSSTATE_FORWARD     0x00000040 /* forwarding settings (or no-answer ring count) changed */
#define LINEADDRESSSTATE_TERMINALS   0x00000080 /* terminal routing changed */
#define LINEADDRESSSTATE_CAPSCHANGE  0x00000100 /* LINEADDRESSCAPS changed; re-read it (older apps get
                                                 * LINEDEVSTATE_REINIT instead) (1.4) */

/* Kinds of address text [lineaddresstype--constants] (3.0) */
#define LINEADDRESSTYPE_PHONENUMBER 0x00000001 /* plain telephone number */
#define LINEADDRESSTYPE_SDP         0x00000002 /* SDP conference description */
#define LINEADDRESSTYPE_EMAILNAME   0x00000004 /* e-mail style name */
#define LINEADDRESSTYPE_DOMAINNAME  0x00000008 /* DNS name */
#define LINEADDRESSTYPE_IPADDRESS   0x00000010 /* IP address */

/*
 * Operations on an address: LINEADDRESSCAPS.dwAddressFeatures (ever), LINEADDRESSSTATUS.dwAddressFeatures
 * (now) [lineaddrfeature--constants]
 */
#define LINEADDRFEATURE_FORWARD         0x00000001 /* lineForward allowed */
#define LINEADDRFEATURE_MAKECALL        0x00000002 /* lineMakeCall allowed */
#define LINEADDRFEATURE_PICKUP          0x00000004 /* linePickup allowed (kind unspecified if no PICKUP*
                                                    * bit is set) */
#define LINEADDRFEATURE_SETMEDIACONTROL 0x00000008 /* lineSetMediaControl allowed */
#define LINEADDRFEATURE_SETTERMINAL     0x00000010 /* lineSetTerminal allowed */
#define LINEADDRFEATURE_SETUPCONF       0x00000020 /* lineSetupConference with NULL hCall allowed */
#define LINEADDRFEATURE_UNCOMPLETECALL  0x00000040 /* lineUncompleteCall allowed */
#define LINEADDRFEATURE_UNPARK          0x00000080 /* lineUnpark allowed */
#define LINEADDRFEATURE_PICKUPHELD      0x00000100 /* pick up a call held on this (bridged-exclusive)
                                                    * address with NULL destination (2.0) */
#define LINEADDRFEATURE_PICKUPGROUP     0x00000200 /* pick up a call in the pickup group (2.0) */
#define LINEADDRFEATURE_PICKUPDIRECT    0x00000400 /* pick up a call at a named address (2.0) */
#define LINEADDRFEATURE_PICKUPWAITING   0x00000800 /* pick up a call-waiting call with NULL destination
                                                    * (2.0) */
#define LINEADDRFEATURE_FORWARDFWD      0x00001000 /* lineForward can forward to another number (2.0) */
#define LINEADDRFEATURE_FORWARDDND      0x00002000 /* lineForward with empty destination turns on
                                                    * do-not-disturb (2.0) */

/*
 * Operations of an agent: LINEAGENTCAPS.dwFeatures, LINEAGENTSTATUS.dwAgentFeatures
 * [lineagentfeature--constants] (2.0)
 */
#define LINEAGENTFEATURE_SETAGENTGROUP        0x00000001 /* lineSetAgentGroup allowed here */
#define LINEAGENTFEATURE_SETAGENTSTATE        0x00000002 /* lineSetAgentState allowed here */
#define LINEAGENTFEATURE_SETAGENTACTIVITY     0x00000004 /* lineSetAgentActivity allowed here */
#define LINEAGENTFEATURE_AGENTSPECIFIC        0x00000008 /* lineAgentSpecific allowed here */
#define LINEAGENTFEATURE_GETAGENTACTIVITYLIST 0x00000010 /* lineGetAgentActivityList allowed here */
#define LINEAGENTFEATURE_GETAGENTGROUP        0x00000020 /* lineGetAgentGroupList allowed here */

/*
 * Agent states of the address model: lineSetAgentState, LINEAGENTSTATUS.dwState [lineagentstate--constants]
 * (2.0)
 */
#define LINEAGENTSTATE_LOGGEDOFF        0x00000001 /* nobody logged in at the address */
#define LINEAGENTSTATE_NOTREADY         0x00000002 /* logged in, doing something other than calls; route no
                                                    * calls */
#define LINEAGENTSTATE_READY            0x00000004 /* can take calls */
#define LINEAGENTSTATE_BUSYACD          0x00000008 /* on a call that came from an ACD queue */
#define LINEAGENTSTATE_BUSYINCOMING     0x00000010 /* on an incoming call not from an ACD queue */
#define LINEAGENTSTATE_BUSYOUTBOUND     0x00000020 /* on an outgoing call such as one from a predictive
                                                    * dialler */
#define LINEAGENTSTATE_BUSYOTHER        0x00000040 /* on some other or unclassified call */
#define LINEAGENTSTATE_WORKINGAFTERCALL 0x00000080 /* wrapping up the previous call; route no calls */
#define LINEAGENTSTATE_UNKNOWN          0x00000100 /* not known yet */
#define LINEAGENTSTATE_UNAVAIL          0x00000200 /* never known */

/* Items of an agent status: LINE_AGENTSTATUS [lineagentstatus--constants] (2.0) */
#define LINEAGENTSTATUS_GROUP           0x00000001 /* logged-in groups changed */
#define LINEAGENTSTATUS_STATE           0x00000002 /* dwState changed */
#define LINEAGENTSTATUS_NEXTSTATE       0x00000004 /* dwNextState changed */
#define LINEAGENTSTATUS_ACTIVITY        0x00000008 /* current activity changed */
#define LINEAGENTSTATUS_ACTIVITYLIST    0x00000010 /* list of possible activities changed */
#define LINEAGENTSTATUS_GROUPLIST       0x00000020 /* list of groups the agent may join changed */
#define LINEAGENTSTATUS_CAPSCHANGE      0x00000040 /* LINEAGENTCAPS changed */
#define LINEAGENTSTATUS_VALIDSTATES     0x00000080 /* dwValidStates changed */
#define LINEAGENTSTATUS_VALIDNEXTSTATES 0x00000100 /* dwValidNextStates changed */

/*
 * States of an agent object: lineSetAgentStateEx, LINEAGENTINFO.dwAgentState [lineagentstateex--constants]
 * (2.2)
 */
#define LINEAGENTSTATEEX_NOTREADY     0x00000001 /* logged in but not taking calls */
#define LINEAGENTSTATEEX_READY        0x00000002 /* can take calls */
#define LINEAGENTSTATEEX_BUSYACD      0x00000004 /* handling an ACD call */
#define LINEAGENTSTATEEX_BUSYINCOMING 0x00000008 /* handling a non-ACD incoming call */
#define LINEAGENTSTATEEX_BUSYOUTGOING 0x00000010 /* handling an outgoing call */
#define LINEAGENTSTATEEX_UNKNOWN      0x00000020 /* not known yet */
#define LINEAGENTSTATEEX_RELEASED     0x00000040 /* agent object released, normally by log-off */

/* Items of an agent object: LINE_AGENTSTATUSEX [lineagentstatusex--constants] (2.2) */
#define LINEAGENTSTATUSEX_NEWAGENT   0x00000001 /* an agent was created */
#define LINEAGENTSTATUSEX_STATE      0x00000002 /* agent state changed (dwParam3 = new state) */
#define LINEAGENTSTATUSEX_UPDATEINFO 0x00000004 /* agent statistics or information updated */

/*
 * States of an agent session: lineSetAgentSessionState, LINEAGENTSESSIONINFO.dwAgentSessionState
 * [lineagentsessionstate--constants] (2.2)
 */
#define LINEAGENTSESSIONSTATE_NOTREADY   0x00000001 /* session takes no calls */
#define LINEAGENTSESSIONSTATE_READY      0x00000002 /* session can take calls */
#define LINEAGENTSESSIONSTATE_BUSYONCALL 0x00000004 /* session is on a call */
#define LINEAGENTSESSIONSTATE_BUSYWRAPUP 0x00000008 /* session is in after-call work */
#define LINEAGENTSESSIONSTATE_ENDED      0x00000010 /* session finished */
#define LINEAGENTSESSIONSTATE_RELEASED   0x00000020 /* session object released */

/* Items of an agent session: LINE_AGENTSESSIONSTATUS [lineagentsessionstatus--constants] (2.2) */
#define LINEAGENTSESSIONSTATUS_NEWSESSION 0x00000001 /* a session was created */
#define LINEAGENTSESSIONSTATUS_STATE      0x00000002 /* session state changed */
#define LINEAGENTSESSIONSTATUS_UPDATEINFO 0x00000004 /* session statistics updated */

/* Changes of a queue: LINE_QUEUESTATUS [linequeuestatus--constants] (2.2) */
#define LINEQUEUESTATUS_UPDATEINFO   0x00000001 /* queue information updated */
#define LINEQUEUESTATUS_NEWQUEUE     0x00000002 /* a queue was added */
#define LINEQUEUESTATUS_QUEUEREMOVED 0x00000004 /* the queue was removed */

/* Changes of the ACD groups: LINE_GROUPSTATUS [linegroupstatus--constants] (2.2) */
#define LINEGROUPSTATUS_NEWGROUP     0x00000001 /* a group was added */
#define LINEGROUPSTATUS_GROUPREMOVED 0x00000002 /* a group was removed */

/* Changes of the proxy request types of a line: LINE_PROXYSTATUS [lineproxystatus--constants] (2.2) */
#define LINEPROXYSTATUS_OPEN          0x00000001 /* a proxy handler for one request type appeared */
#define LINEPROXYSTATUS_CLOSE         0x00000002 /* a proxy handler for one request type went away */
#define LINEPROXYSTATUS_ALLOPENFORACD 0x00000004 /* every request type TAPI 3 needs for ACD is now handled */

/* What answering does to another active call: dwAnswerMode [lineanswermode--constants] */
#define LINEANSWERMODE_NONE 0x00000001 /* answering does not touch existing calls */
#define LINEANSWERMODE_DROP 0x00000002 /* answering drops the active call */
#define LINEANSWERMODE_HOLD 0x00000004 /* answering puts the active call on hold */

/* Bearer modes [linebearermode--constants] */
#define LINEBEARERMODE_VOICE            0x00000001 /* 3.1 kHz analogue-grade voice; modem/fax possible */
#define LINEBEARERMODE_SPEECH           0x00000002 /* G.711 speech, may be processed; no modem/fax
                                                    * guarantee */
#define LINEBEARERMODE_MULTIUSE         0x00000004 /* ISDN multiuse */
#define LINEBEARERMODE_DATA             0x00000008 /* unrestricted digital data, rate given separately */
#define LINEBEARERMODE_ALTSPEECHDATA    0x00000010 /* ISDN alternating speech/data */
#define LINEBEARERMODE_NONCALLSIGNALING 0x00000020 /* signalling channel without a call */
#define LINEBEARERMODE_PASSTHROUGH      0x00000040 /* application drives the attached hardware directly
                                                    * (1.4) */
#define LINEBEARERMODE_RESTRICTEDDATA   0x00000080 /* digital data with only 7 usable bits per octet (2.0) */

/* Detail of LINECALLSTATE_BUSY [linebusymode--constants] */
#define LINEBUSYMODE_STATION 0x00000001 /* called station busy (normal busy) */
#define LINEBUSYMODE_TRUNK   0x00000002 /* no trunk/circuit (fast busy) */
#define LINEBUSYMODE_UNKNOWN 0x00000004 /* kind not known yet */
#define LINEBUSYMODE_UNAVAIL 0x00000008 /* kind will never be known */

/*
 * Conditions under which call completion is possible: LINEADDRESSCAPS.dwCallCompletionConds
 * [linecallcomplcond--constants]
 */
#define LINECALLCOMPLCOND_BUSY     0x00000001 /* completion may be asked for on busy */
#define LINECALLCOMPLCOND_NOANSWER 0x00000002 /* completion may be asked for on no answer */

/* Ways to complete a call that was not answered: lineCompleteCall [linecallcomplmode--constants] */
#define LINECALLCOMPLMODE_CAMPON   0x00000001 /* wait until the called station is free */
#define LINECALLCOMPLMODE_CALLBACK 0x00000002 /* called station rings back when free */
#define LINECALLCOMPLMODE_INTRUDE  0x00000004 /* break into the existing call */
#define LINECALLCOMPLMODE_MESSAGE  0x00000008 /* leave a canned message */

/*
 * Operations on a call: LINEADDRESSCAPS.dwCallFeatures (ever), LINECALLSTATUS.dwCallFeatures (now)
 * [linecallfeature--constants]
 */
#define LINECALLFEATURE_ACCEPT              0x00000001  /* lineAccept possible */
#define LINECALLFEATURE_ADDTOCONF           0x00000002  /* lineAddToConference possible */
#define LINECALLFEATURE_ANSWER              0x00000004  /* lineAnswer possible */
#define LINECALLFEATURE_BLINDTRANSFER       0x00000008  /* lineBlindTransfer possible */
#define LINECALLFEATURE_COMPLETECALL        0x00000010  /* lineCompleteCall possible */
#define LINECALLFEATURE_COMPLETETRANSF      0x00000020  /* lineCompleteTransfer possible */
#define LINECALLFEATURE_DIAL                0x00000040  /* lineDial possible */
#define LINECALLFEATURE_DROP                0x00000080  /* lineDrop possible */
#define LINECALLFEATURE_GATHERDIGITS        0x00000100  /* lineGatherDigits possible */
#define LINECALLFEATURE_GENERATEDIGITS      0x00000200  /* lineGenerateDigits possible */
#define LINECALLFEATURE_GENERATETONE        0x00000400  /* lineGenerateTone possible */
#define LINECALLFEATURE_HOLD                0x00000800  /* lineHold possible */
#define LINECALLFEATURE_MONITORDIGITS       0x00001000  /* lineMonitorDigits possible */
#define LINECALLFEATURE_MONITORMEDIA        0x00002000  /* lineMonitorMedia possible */
#define LINECALLFEATURE_MONITORTONES        0x00004000  /* lineMonitorTones possible */
#define LINECALLFEATURE_PARK                0x00008000  /* linePark possible */
#define LINECALLFEATURE_PREPAREADDCONF      0x00010000  /* linePrepareAddToConference possible */
#define LINECALLFEATURE_REDIRECT            0x00020000  /* lineRedirect possible */
#define LINECALLFEATURE_REMOVEFROMCONF      0x00040000  /* lineRemoveFromConference possible */
#define LINECALLFEATURE_SECURECALL          0x00080000  /* lineSecureCall possible */
#define LINECALLFEATURE_SENDUSERUSER        0x00100000  /* lineSendUserUserInfo possible */
#define LINECALLFEATURE_SETCALLPARAMS       0x00200000  /* lineSetCallParams possible */
#define LINECALLFEATURE_SETMEDIACONTROL     0x00400000  /* lineSetMediaControl possible */
#define LINECALLFEATURE_SETTERMINAL         0x00800000  /* lineSetTerminal possible */
#define LINECALLFEATURE_SETUPCONF           0x01000000  /* lineSetupConference possible */
#define LINECALLFEATURE_SETUPTRANSFER       0x02000000  /* lineSetupTransfer possible */
#define LINECALLFEATURE_SWAPHOLD            0x04000000  /* lineSwapHold possible */
#define LINECALLFEATURE_UNHOLD              0x08000000  /* lineUnhold possible */
#define LINECALLFEATURE_RELEASEUSERUSERINFO 0x10000000  /* lineReleaseUserUserInfo possible (1.4) */
#define LINECALLFEATURE_SETTREATMENT        0x20000000  /* lineSetCallTreatment possible (2.0) */
#define LINECALLFEATURE_SETQOS              0x40000000  /* lineSetCallQualityOfService possible (2.0) */
#define LINECALLFEATURE_SETCALLDATA         0x80000000U /* lineSetCallData possible (2.0) */

/* More operations on a call: dwCallFeatures2 [linecallfeature2--constants] (2.0) */
#define LINECALLFEATURE2_NOHOLDCONFERENCE 0x00000001 /* lineSetupConference accepts the no-hold-conference
                                                      * flag */
#define LINECALLFEATURE2_ONESTEPTRANSFER  0x00000002 /* lineSetupTransfer accepts the one-step-transfer
                                                      * flag */
#define LINECALLFEATURE2_COMPLCAMPON      0x00000004 /* camp-on completion usable */
#define LINECALLFEATURE2_COMPLCALLBACK    0x00000008 /* call-back completion usable */
#define LINECALLFEATURE2_COMPLINTRUDE     0x00000010 /* intrude completion usable */
#define LINECALLFEATURE2_COMPLMESSAGE     0x00000020 /* leave-message completion usable */
#define LINECALLFEATURE2_TRANSFERNORM     0x00000040 /* transfer can be finished as a plain transfer */
#define LINECALLFEATURE2_TRANSFERCONF     0x00000080 /* transfer can be finished as a three-way conference */
#define LINECALLFEATURE2_PARKDIRECT       0x00000100 /* directed park usable */
#define LINECALLFEATURE2_PARKNONDIRECT    0x00000200 /* non-directed park usable */

/*
 * How far calls are tracked across addresses: LINECALLHUBTRACKINGINFO [linecallhubtracking--constants] (3.0)
 */
#define LINECALLHUBTRACKING_NONE          0x00000000 /* no hub tracking */
#define LINECALLHUBTRACKING_PROVIDERLEVEL 0x00000001 /* provider tracks hubs; no per-call changes */
#define LINECALLHUBTRACKING_ALLCALLS      0x00000002 /* tracking down to individual calls */

/* Items of a LINECALLINFO: LINE_CALLINFO [linecallinfostate--constants] */
#define LINECALLINFOSTATE_OTHER         0x00000001 /* item not listed changed */
#define LINECALLINFOSTATE_DEVSPECIFIC   0x00000002 /* device-specific part changed */
#define LINECALLINFOSTATE_BEARERMODE    0x00000004 /* bearer mode changed */
#define LINECALLINFOSTATE_RATE          0x00000008 /* data rate changed */
#define LINECALLINFOSTATE_MEDIAMODE     0x00000010 /* media mode changed */
#define LINECALLINFOSTATE_APPSPECIFIC   0x00000020 /* dwAppSpecific changed */
#define LINECALLINFOSTATE_CALLID        0x00000040 /* dwCallID changed */
#define LINECALLINFOSTATE_RELATEDCALLID 0x00000080 /* dwRelatedCallID changed */
#define LINECALLINFOSTATE_ORIGIN        0x00000100 /* origin changed */
#define LINECALLINFOSTATE_REASON        0x00000200 /* reason changed */
#define LINECALLINFOSTATE_COMPLETIONID  0x00000400 /* completion id changed */
#define LINECALLINFOSTATE_NUMOWNERINCR  0x00000800 /* owner count went up (filled in by TAPI) */
#define LINECALLINFOSTATE_NUMOWNERDECR  0x00001000 /* owner count went down (filled in by TAPI) */
#define LINECALLINFOSTATE_NUMMONITORS   0x00002000 /* monitor count changed (filled in by TAPI) */
#define LINECALLINFOSTATE_TRUNK         0x00004000 /* trunk changed */
#define LINECALLINFOSTATE_CALLERID      0x00008000 /* a caller-ID field changed */
#define LINECALLINFOSTATE_CALLEDID      0x00010000 /* a called-ID field changed */
#define LINECALLINFOSTATE_CONNECTEDID   0x00020000 /* a connected-ID field changed */
#define LINECALLINFOSTATE_REDIRECTIONID 0x00040000 /* a redirection-ID field changed */
#define LINECALLINFOSTATE_REDIRECTINGID 0x00080000 /* a redirecting-ID field changed */
#define LINECALLINFOSTATE_DISPLAY       0x00100000 /* raw display text changed */
#define LINECALLINFOSTATE_USERUSERINFO  0x00200000 /* new user-user information */
#define LINECALLINFOSTATE_HIGHLEVELCOMP 0x00400000 /* high-level compatibility changed */
#define LINECALLINFOSTATE_LOWLEVELCOMP  0x00800000 /* low-level compatibility changed */
#define LINECALLINFOSTATE_CHARGINGINFO  0x01000000 /* charging information changed */
#define LINECALLINFOSTATE_TERMINAL      0x02000000 /* terminal modes changed */
#define LINECALLINFOSTATE_DIALPARAMS    0x04000000 /* dialling parameters changed */
#define LINECALLINFOSTATE_MONITORMODES  0x08000000 /* digit, tone or media monitoring changed */
#define LINECALLINFOSTATE_TREATMENT     0x10000000 /* call treatment changed (2.0) */
#define LINECALLINFOSTATE_QOS           0x20000000 /* a flowspec changed (2.0) */
#define LINECALLINFOSTATE_CALLDATA      0x40000000 /* call data changed (2.0) */

/* Where a call comes from: LINECALLINFO.dwOrigin [linecallorigin--constants] */
#define LINECALLORIGIN_OUTBOUND   0x00000001 /* placed from this station */
#define LINECALLORIGIN_INTERNAL   0x00000002 /* incoming from inside the same switch */
#define LINECALLORIGIN_EXTERNAL   0x00000004 /* incoming on an external line */
#define LINECALLORIGIN_UNKNOWN    0x00000010 /* not known yet */
#define LINECALLORIGIN_UNAVAIL    0x00000020 /* never known */
#define LINECALLORIGIN_CONFERENCE 0x00000040 /* handle is the conference bridge itself */
#define LINECALLORIGIN_INBOUND    0x00000080 /* incoming, internal/external not distinguishable (1.4) */

/* Wishes for a new call: LINECALLPARAMS.dwCallParamFlags [linecallparamflags--constants] */
#define LINECALLPARAMFLAGS_SECURE           0x00000001 /* set up the call secure */
#define LINECALLPARAMFLAGS_IDLE             0x00000002 /* use an idle call appearance, do not join an
                                                        * existing call */
#define LINECALLPARAMFLAGS_BLOCKID          0x00000004 /* withhold caller ID */
#define LINECALLPARAMFLAGS_ORIGOFFHOOK      0x00000008 /* take originating set off-hook */
#define LINECALLPARAMFLAGS_DESTOFFHOOK      0x00000010 /* force called set off-hook */
#define LINECALLPARAMFLAGS_NOHOLDCONFERENCE 0x00000020 /* lineSetupConference/linePrepareAddToConference:
                                                        * bring TargetAddress into the call without holding
                                                        * it (2.0) */
#define LINECALLPARAMFLAGS_PREDICTIVEDIAL   0x00000040 /* use the address's predictive-dial capabilities
                                                        * for this call (2.0) */
#define LINECALLPARAMFLAGS_ONESTEPTRANSFER  0x00000080 /* lineSetupTransfer: also dial TargetAddress on the
                                                        * consultation call (2.0) */

/* Which party information there is: LINECALLINFO.dw...IDFlags [linecallpartyid--constants] */
#define LINECALLPARTYID_BLOCKED   0x00000001 /* information withheld by the party */
#define LINECALLPARTYID_OUTOFAREA 0x00000002 /* not delivered by the far network */
#define LINECALLPARTYID_NAME      0x00000004 /* the name field is valid */
#define LINECALLPARTYID_ADDRESS   0x00000008 /* the number field is valid */
#define LINECALLPARTYID_PARTIAL   0x00000010 /* valid but incomplete */
#define LINECALLPARTYID_UNKNOWN   0x00000020 /* not known yet */
#define LINECALLPARTYID_UNAVAIL   0x00000040 /* never known */

/* Privileges an application has to a call or asks for when it opens a line [linecallprivilege--constants] */
#define LINECALLPRIVILEGE_NONE    0x00000001 /* no access to the call; handle void */
#define LINECALLPRIVILEGE_MONITOR 0x00000002 /* may watch and query */
#define LINECALLPRIVILEGE_OWNER   0x00000004 /* may control the call */

/* Why a call happened: LINECALLINFO.dwReason [linecallreason--constants] */
#define LINECALLREASON_DIRECT         0x00000001 /* direct incoming or outgoing call */
#define LINECALLREASON_FWDBUSY        0x00000002 /* forwarded because of busy */
#define LINECALLREASON_FWDNOANSWER    0x00000004 /* forwarded because of no answer */
#define LINECALLREASON_FWDUNCOND      0x00000008 /* forwarded unconditionally */
#define LINECALLREASON_PICKUP         0x00000010 /* picked up from another extension */
#define LINECALLREASON_UNPARK         0x00000020 /* taken from park */
#define LINECALLREASON_REDIRECT       0x00000040 /* redirected to here */
#define LINECALLREASON_CALLCOMPLETION 0x00000080 /* result of a completion request */
#define LINECALLREASON_TRANSFER       0x00000100 /* transferred to here */
#define LINECALLREASON_REMINDER       0x00000200 /* reminder about a parked or held call */
#define LINECALLREASON_UNKNOWN        0x00000400 /* not known yet */
#define LINECALLREASON_UNAVAIL        0x00000800 /* never known */
#define LINECALLREASON_INTRUDE        0x00001000 /* another party intruded (1.4) */
#define LINECALLREASON_PARKED         0x00002000 /* parked on this address; usually starts in onhold (1.4) */
#define LINECALLREASON_CAMPEDON       0x00004000 /* camped on this address; usually starts in onhold (2.0) */
#define LINECALLREASON_ROUTEREQUEST   0x00008000 /* switch asks the application where to route it (2.0) */

/* What a function with dwSelect applies to [linecallselect--constants] */
#define LINECALLSELECT_LINE     0x00000001 /* scope is the line */
#define LINECALLSELECT_ADDRESS  0x00000002 /* scope is an address */
#define LINECALLSELECT_CALL     0x00000004 /* scope is a call */
#define LINECALLSELECT_DEVICEID 0x00000008 /* scope is a device id (2.1) */
#define LINECALLSELECT_CALLID   0x00000010 /* scope is a call id (3.0) */

/* Call states: LINE_CALLSTATE, LINECALLSTATUS.dwCallState [linecallstate--constants] */
#define LINECALLSTATE_IDLE               0x00000001 /* call is over; final state */
#define LINECALLSTATE_OFFERING           0x00000002 /* new call announced to the station */
#define LINECALLSTATE_ACCEPTED           0x00000004 /* an application claimed the offered call; alerting
                                                     * may run */
#define LINECALLSTATE_DIALTONE           0x00000008 /* ready for digits */
#define LINECALLSTATE_DIALING            0x00000010 /* digits being collected */
#define LINECALLSTATE_RINGBACK           0x00000020 /* far end is alerting */
#define LINECALLSTATE_BUSY               0x00000040 /* busy signal received */
#define LINECALLSTATE_SPECIALINFO        0x00000080 /* special information tone received */
#define LINECALLSTATE_CONNECTED          0x00000100 /* parties can exchange information */
#define LINECALLSTATE_PROCEEDING         0x00000200 /* dialling done, network is routing */
#define LINECALLSTATE_ONHOLD             0x00000400 /* hard hold */
#define LINECALLSTATE_CONFERENCED        0x00000800 /* member of a conference */
#define LINECALLSTATE_ONHOLDPENDCONF     0x00001000 /* held while a party is being added to a conference */
#define LINECALLSTATE_ONHOLDPENDTRANSFER 0x00002000 /* held while a transfer is prepared */
#define LINECALLSTATE_DISCONNECTED       0x00004000 /* far end left; handle still needs drop/idle */
#define LINECALLSTATE_UNKNOWN            0x00008000 /* state cannot be told now */

/* What an unanswered or held caller hears: lineSetCallTreatment [linecalltreatment--constants] (2.0) */
#define LINECALLTREATMENT_SILENCE  0x00000001 /* nothing heard */
#define LINECALLTREATMENT_RINGBACK 0x00000002 /* ringback heard */
#define LINECALLTREATMENT_BUSY     0x00000003 /* busy tone heard */
#define LINECALLTREATMENT_MUSIC    0x00000004 /* music heard */

/* Properties of a calling card: LINECARDENTRY.dwOptions [linecardoption--constants] (1.4) */
#define LINECARDOPTION_PREDEFINED 0x00000001 /* built-in card; not removable */
#define LINECARDOPTION_HIDDEN     0x00000002 /* card hidden from lists */

/* Detail of LINECALLSTATE_CONNECTED [lineconnectedmode--constants] */
#define LINECONNECTEDMODE_ACTIVE       0x00000001 /* this station takes part (also meant by 0) (1.4) */
#define LINECONNECTEDMODE_INACTIVE     0x00000002 /* call is active elsewhere; this station is out (join
                                                   * with lineAnswer) (1.4) */
#define LINECONNECTEDMODE_ACTIVEHELD   0x00000004 /* this station active, far end put us on hold (2.0) */
#define LINECONNECTEDMODE_INACTIVEHELD 0x00000008 /* this station out and far end on hold (2.0) */
#define LINECONNECTEDMODE_CONFIRMED    0x00000010 /* network confirmed the answer (2.0) */

/* Properties of a line device: LINEDEVCAPS.dwDevCapFlags [linedevcapflags--constants] */
#define LINEDEVCAPFLAGS_CROSSADDRCONF   0x00000001 /* calls on different addresses can be conferenced */
#define LINEDEVCAPFLAGS_HIGHLEVCOMP     0x00000002 /* high-level compatibility elements supported */
#define LINEDEVCAPFLAGS_LOWLEVCOMP      0x00000004 /* low-level compatibility elements supported */
#define LINEDEVCAPFLAGS_MEDIACONTROL    0x00000008 /* lineSetMediaControl supported */
#define LINEDEVCAPFLAGS_MULTIPLEADDR    0x00000010 /* several addresses per dial string (inverse
                                                    * multiplexing) */
#define LINEDEVCAPFLAGS_CLOSEDROP       0x00000020 /* provider drops active calls when the last application
                                                    * closes the line */
#define LINEDEVCAPFLAGS_DIALBILLING     0x00000040 /* modifier $ handled */
#define LINEDEVCAPFLAGS_DIALQUIET       0x00000080 /* modifier @ handled */
#define LINEDEVCAPFLAGS_DIALDIALTONE    0x00000100 /* modifier W handled */
#define LINEDEVCAPFLAGS_MSP             0x00000200 /* an MSP belongs to the line (3.0) */
#define LINEDEVCAPFLAGS_CALLHUB         0x00000400 /* call hubs supported (3.0) */
#define LINEDEVCAPFLAGS_CALLHUBTRACKING 0x00000800 /* call-hub tracking supported (3.0) */
#define LINEDEVCAPFLAGS_PRIVATEOBJECTS  0x00001000 /* provider-specific interfaces exist (3.0) */
#define LINEDEVCAPFLAGS_LOCAL           0x00002000 /* device is local to this machine (header only; not in
                                                    * the constant pages) (3.1) */

/* Items of a line device status: LINE_LINEDEVSTATE [linedevstate--constants] */
#define LINEDEVSTATE_OTHER           0x00000001 /* item not listed changed */
#define LINEDEVSTATE_RINGING         0x00000002 /* ring cycle (dwParam2 ring mode, dwParam3 ring count from
                                                 * 0) */
#define LINEDEVSTATE_CONNECTED       0x00000004 /* line connected to TAPI again */
#define LINEDEVSTATE_DISCONNECTED    0x00000008 /* line no longer connected to TAPI */
#define LINEDEVSTATE_MSGWAITON       0x00000010 /* message-waiting lamp on */
#define LINEDEVSTATE_MSGWAITOFF      0x00000020 /* message-waiting lamp off */
#define LINEDEVSTATE_INSERVICE       0x00000040 /* line usable */
#define LINEDEVSTATE_OUTOFSERVICE    0x00000080 /* line not usable at the switch */
#define LINEDEVSTATE_MAINTENANCE     0x00000100 /* line under maintenance */
#define LINEDEVSTATE_OPEN            0x00000200 /* another application opened the line */
#define LINEDEVSTATE_CLOSE           0x00000400 /* another application closed the line */
#define LINEDEVSTATE_NUMCALLS        0x00000800 /* number of calls on the line changed */
#define LINEDEVSTATE_NUMCOMPLETIONS  0x00001000 /* number of pending completions changed */
#define LINEDEVSTATE_TERMINALS       0x00002000 /* terminal settings changed */
#define LINEDEVSTATE_ROAMMODE        0x00004000 /* roam mode changed */
#define LINEDEVSTATE_BATTERY         0x00008000 /* battery level changed notably */
#define LINEDEVSTATE_SIGNAL          0x00010000 /* signal level changed notably */
#define LINEDEVSTATE_DEVSPECIFIC     0x00020000 /* device-specific part changed */
#define LINEDEVSTATE_REINIT          0x00040000 /* application must shut down and reinitialise (cannot be
                                                 * disabled) */
#define LINEDEVSTATE_LOCK            0x00080000 /* lock status changed */
#define LINEDEVSTATE_CAPSCHANGE      0x00100000 /* LINEDEVCAPS changed (1.4) */
#define LINEDEVSTATE_CONFIGCHANGE    0x00200000 /* media-device configuration changed (1.4) */
#define LINEDEVSTATE_TRANSLATECHANGE 0x00400000 /* LINETRANSLATECAPS changed (1.4) */
#define LINEDEVSTATE_COMPLCANCEL     0x00800000 /* completion id in dwParam2 was cancelled from outside
                                                 * (1.4) */
#define LINEDEVSTATE_REMOVED         0x01000000 /* device being removed; LINE_CLOSE follows (1.4) */

/*
 * State of an open line: LINEDEVSTATUS.dwDevStatusFlags, lineSetLineDevStatus [linedevstatusflags--constants]
 */
#define LINEDEVSTATUSFLAGS_CONNECTED 0x00000001 /* line connected to TAPI */
#define LINEDEVSTATUSFLAGS_MSGWAIT   0x00000002 /* message waiting */
#define LINEDEVSTATUSFLAGS_INSERVICE 0x00000004 /* in service */
#define LINEDEVSTATUSFLAGS_LOCKED    0x00000008 /* locked (e.g. mobile set needs a code) */

/* Detail of LINECALLSTATE_DIALTONE [linedialtonemode--constants] */
#define LINEDIALTONEMODE_NORMAL   0x00000001 /* ordinary dial tone */
#define LINEDIALTONEMODE_SPECIAL  0x00000002 /* special condition such as stutter tone */
#define LINEDIALTONEMODE_INTERNAL 0x00000004 /* PBX dial tone */
#define LINEDIALTONEMODE_EXTERNAL 0x00000008 /* public-network dial tone */
#define LINEDIALTONEMODE_UNKNOWN  0x00000010 /* kind not known yet */
#define LINEDIALTONEMODE_UNAVAIL  0x00000020 /* kind never known */

/* How digits are sent and detected [linedigitmode--constants] */
#define LINEDIGITMODE_PULSE   0x00000001 /* rotary pulse digits */
#define LINEDIGITMODE_DTMF    0x00000002 /* DTMF digits */
#define LINEDIGITMODE_DTMFEND 0x00000004 /* end of a DTMF digit reported too */

/* Detail of LINECALLSTATE_DISCONNECTED [linedisconnectmode--constants] */
#define LINEDISCONNECTMODE_NORMAL            0x00000001 /* ordinary release by the far end */
#define LINEDISCONNECTMODE_UNKNOWN           0x00000002 /* reason not known yet */
#define LINEDISCONNECTMODE_REJECT            0x00000004 /* far end rejected */
#define LINEDISCONNECTMODE_PICKUP            0x00000008 /* picked up elsewhere */
#define LINEDISCONNECTMODE_FORWARDED         0x00000010 /* forwarded by the switch */
#define LINEDISCONNECTMODE_BUSY              0x00000020 /* far end busy */
#define LINEDISCONNECTMODE_NOANSWER          0x00000040 /* far end did not answer */
#define LINEDISCONNECTMODE_BADADDRESS        0x00000080 /* destination invalid */
#define LINEDISCONNECTMODE_UNREACHABLE       0x00000100 /* far end unreachable */
#define LINEDISCONNECTMODE_CONGESTION        0x00000200 /* network congested */
#define LINEDISCONNECTMODE_INCOMPATIBLE      0x00000400 /* equipment incompatible */
#define LINEDISCONNECTMODE_UNAVAIL           0x00000800 /* reason never known */
#define LINEDISCONNECTMODE_NODIALTONE        0x00001000 /* expected dial tone missing (1.4) */
#define LINEDISCONNECTMODE_NUMBERCHANGED     0x00002000 /* number changed without automatic redirection
                                                         * (2.0) */
#define LINEDISCONNECTMODE_OUTOFORDER        0x00004000 /* destination out of order (2.0) */
#define LINEDISCONNECTMODE_TEMPFAILURE       0x00008000 /* temporary network failure (also delayed) (2.0) */
#define LINEDISCONNECTMODE_QOSUNAVAIL        0x00010000 /* minimum quality of service not obtainable (2.0) */
#define LINEDISCONNECTMODE_BLOCKED           0x00020000 /* calls from this origin refused in the network
                                                         * (also blocklisted) (2.0) */
#define LINEDISCONNECTMODE_DONOTDISTURB      0x00040000 /* destination has do-not-disturb (2.0) */
#define LINEDISCONNECTMODE_CANCELLED         0x00080000 /* call cancelled (2.0) */
#define LINEDISCONNECTMODE_DESTINATIONBARRED 0x00100000 /* destination barred (call restriction) */
#define LINEDISCONNECTMODE_FDNRESTRICT       0x00200000 /* refused by fixed-dialling-number restriction */

/* Errors of the line functions [lineerr--constants] */
#define LINEERR_ALLOCATED              TRUNKLINE_LONG(0x80000001) /* line held permanently by someone else
                                                                   * (e.g. exclusive serial port) */
#define LINEERR_BADDEVICEID            TRUNKLINE_LONG(0x80000002) /* device id out of range */
#define LINEERR_BEARERMODEUNAVAIL      TRUNKLINE_LONG(0x80000003) /* bearer mode cannot be provided */
#define LINEERR_CALLUNAVAIL            TRUNKLINE_LONG(0x80000005) /* no free call appearance */
#define LINEERR_COMPLETIONOVERRUN      TRUNKLINE_LONG(0x80000006) /* too many completion requests pending */
#define LINEERR_CONFERENCEFULL         TRUNKLINE_LONG(0x80000007) /* conference party limit reached */
#define LINEERR_DIALBILLING            TRUNKLINE_LONG(0x80000008) /* dial string has unsupported $ modifier */
#define LINEERR_DIALDIALTONE           TRUNKLINE_LONG(0x80000009) /* dial string has unsupported W modifier */
#define LINEERR_DIALPROMPT             TRUNKLINE_LONG(0x8000000A) /* dial string has ? (prompt) modifier */
#define LINEERR_DIALQUIET              TRUNKLINE_LONG(0x8000000B) /* dial string has unsupported @ modifier */
#define LINEERR_INCOMPATIBLEAPIVERSION TRUNKLINE_LONG(0x8000000C) /* API version range not supported */
#define LINEERR_INCOMPATIBLEEXTVERSION TRUNKLINE_LONG(0x8000000D) /* extension version range not supported */
#define LINEERR_INIFILECORRUPT         TRUNKLINE_LONG(0x8000000E) /* stored telephony configuration
                                                                   * unreadable */
#define LINEERR_INUSE                  TRUNKLINE_LONG(0x8000000F) /* device busy for this operation */
#define LINEERR_INVALADDRESS           TRUNKLINE_LONG(0x80000010) /* address malformed or not allowed */
#define LINEERR_INVALADDRESSID         TRUNKLINE_LONG(0x80000011) /* address id out of range */
#define LINEERR_INVALADDRESSMODE       TRUNKLINE_LONG(0x80000012) /* bad address mode */
#define LINEERR_INVALADDRESSSTATE      TRUNKLINE_LONG(0x80000013) /* undefined LINEADDRESSSTATE bits */
#define LINEERR_INVALAPPHANDLE         TRUNKLINE_LONG(0x80000014) /* bad HLINEAPP */
#define LINEERR_INVALAPPNAME           TRUNKLINE_LONG(0x80000015) /* bad application name string */
#define LINEERR_INVALBEARERMODE        TRUNKLINE_LONG(0x80000016) /* bad bearer mode value */
#define LINEERR_INVALCALLCOMPLMODE     TRUNKLINE_LONG(0x80000017) /* bad completion mode */
#define LINEERR_INVALCALLHANDLE        TRUNKLINE_LONG(0x80000018) /* bad HCALL */
#define LINEERR_INVALCALLPARAMS        TRUNKLINE_LONG(0x80000019) /* bad LINECALLPARAMS contents */
#define LINEERR_INVALCALLPRIVILEGE     TRUNKLINE_LONG(0x8000001A) /* bad privilege value */
#define LINEERR_INVALCALLSELECT        TRUNKLINE_LONG(0x8000001B) /* bad dwSelect value */
#define LINEERR_INVALCALLSTATE         TRUNKLINE_LONG(0x8000001C) /* call state does not allow the
                                                                   * operation */
#define LINEERR_INVALCALLSTATELIST     TRUNKLINE_LONG(0x8000001D) /* bad call-state list for media control */
#define LINEERR_INVALCARD              TRUNKLINE_LONG(0x8000001E) /* calling card id unknown */
#define LINEERR_INVALCOMPLETIONID      TRUNKLINE_LONG(0x8000001F) /* completion id unknown */
#define LINEERR_INVALCONFCALLHANDLE    TRUNKLINE_LONG(0x80000020) /* handle is not a conference call */
#define LINEERR_INVALCONSULTCALLHANDLE TRUNKLINE_LONG(0x80000021) /* bad consultation call handle */
#define LINEERR_INVALCOUNTRYCODE       TRUNKLINE_LONG(0x80000022) /* bad country code */
#define LINEERR_INVALDEVICECLASS       TRUNKLINE_LONG(0x80000023) /* device class not associated with the
                                                                   * line */
#define LINEERR_INVALDEVICEHANDLE      TRUNKLINE_LONG(0x80000024) /* bad device handle */
#define LINEERR_INVALDIALPARAMS        TRUNKLINE_LONG(0x80000025) /* bad dialling parameters */
#define LINEERR_INVALDIGITLIST         TRUNKLINE_LONG(0x80000026) /* bad digit list */
#define LINEERR_INVALDIGITMODE         TRUNKLINE_LONG(0x80000027) /* bad digit mode */
#define LINEERR_INVALDIGITS            TRUNKLINE_LONG(0x80000028) /* bad termination digits */
#define LINEERR_INVALEXTVERSION        TRUNKLINE_LONG(0x80000029) /* bad extension version */
#define LINEERR_INVALGROUPID           TRUNKLINE_LONG(0x8000002A) /* bad pickup group id */
#define LINEERR_INVALLINEHANDLE        TRUNKLINE_LONG(0x8000002B) /* bad HLINE */
#define LINEERR_INVALLINESTATE         TRUNKLINE_LONG(0x8000002C) /* line state does not allow the
                                                                   * operation, or undefined LINEDEVSTATE
                                                                   * bits */
#define LINEERR_INVALLOCATION          TRUNKLINE_LONG(0x8000002D) /* location id unknown */
#define LINEERR_INVALMEDIALIST         TRUNKLINE_LONG(0x8000002E) /* bad media list */
#define LINEERR_INVALMEDIAMODE         TRUNKLINE_LONG(0x8000002F) /* bad or unsupported media mode */
#define LINEERR_INVALMESSAGEID         TRUNKLINE_LONG(0x80000030) /* completion message id out of range */
#define LINEERR_INVALPARAM             TRUNKLINE_LONG(0x80000032) /* a parameter or pointed-to structure is
                                                                   * wrong */
#define LINEERR_INVALPARKID            TRUNKLINE_LONG(0x80000033) /* bad park id */
#define LINEERR_INVALPARKMODE          TRUNKLINE_LONG(0x80000034) /* bad park mode */
#define LINEERR_INVALPOINTER           TRUNKLINE_LONG(0x80000035) /* a pointer is unusable */
#define LINEERR_INVALPRIVSELECT        TRUNKLINE_LONG(0x80000036) /* bad dwPrivileges combination in
                                                                   * lineOpen */
#define LINEERR_INVALRATE              TRUNKLINE_LONG(0x80000037) /* bad rate value */
#define LINEERR_INVALREQUESTMODE       TRUNKLINE_LONG(0x80000038) /* bad assisted-telephony request mode */
#define LINEERR_INVALTERMINALID        TRUNKLINE_LONG(0x80000039) /* terminal id out of range */
#define LINEERR_INVALTERMINALMODE      TRUNKLINE_LONG(0x8000003A) /* bad terminal modes */
#define LINEERR_INVALTIMEOUT           TRUNKLINE_LONG(0x8000003B) /* time-out outside device limits */
#define LINEERR_INVALTONE              TRUNKLINE_LONG(0x8000003C) /* bad custom tone */
#define LINEERR_INVALTONELIST          TRUNKLINE_LONG(0x8000003D) /* bad tone list */
#define LINEERR_INVALTONEMODE          TRUNKLINE_LONG(0x8000003E) /* bad tone mode */
#define LINEERR_INVALTRANSFERMODE      TRUNKLINE_LONG(0x8000003F) /* bad transfer mode */
#define LINEERR_LINEMAPPERFAILED       TRUNKLINE_LONG(0x80000040) /* LINEMAPPER found no matching line */
#define LINEERR_NOCONFERENCE           TRUNKLINE_LONG(0x80000041) /* call is not part of a conference */
#define LINEERR_NODEVICE               TRUNKLINE_LONG(0x80000042) /* device has been removed, or no device
                                                                   * of that class */
#define LINEERR_NODRIVER               TRUNKLINE_LONG(0x80000043) /* provider or a component of it is
                                                                   * missing or broken */
#define LINEERR_NOMEM                  TRUNKLINE_LONG(0x80000044) /* out of memory */
#define LINEERR_NOREQUEST              TRUNKLINE_LONG(0x80000045) /* no assisted-telephony request waiting,
                                                                   * or application no longer highest
                                                                   * priority */
#define LINEERR_NOTOWNER               TRUNKLINE_LONG(0x80000046) /* owner privilege needed */
#define LINEERR_NOTREGISTERED          TRUNKLINE_LONG(0x80000047) /* not registered as request recipient
                                                                   * (also: proxy request type already
                                                                   * taken) */
#define LINEERR_OPERATIONFAILED        TRUNKLINE_LONG(0x80000048) /* unspecified failure */
#define LINEERR_OPERATIONUNAVAIL       TRUNKLINE_LONG(0x80000049) /* operation not supported here */
#define LINEERR_RATEUNAVAIL            TRUNKLINE_LONG(0x8000004A) /* bandwidth not available now */
#define LINEERR_RESOURCEUNAVAIL        TRUNKLINE_LONG(0x8000004B) /* resources not available now */
#define LINEERR_REQUESTOVERRUN         TRUNKLINE_LONG(0x8000004C) /* too many requests outstanding */
#define LINEERR_STRUCTURETOOSMALL      TRUNKLINE_LONG(0x8000004D) /* dwTotalSize below fixed size for the
                                                                   * version */
#define LINEERR_TARGETNOTFOUND         TRUNKLINE_LONG(0x8000004E) /* no hand-off target */
#define LINEERR_TARGETSELF             TRUNKLINE_LONG(0x8000004F) /* caller itself is the hand-off target */
#define LINEERR_UNINITIALIZED          TRUNKLINE_LONG(0x80000050) /* no application initialised the line
                                                                   * API */
#define LINEERR_USERUSERINFOTOOBIG     TRUNKLINE_LONG(0x80000051) /* user-user data longer than allowed */
#define LINEERR_REINIT                 TRUNKLINE_LONG(0x80000052) /* initialise/open refused until everyone
                                                                   * shuts down */
#define LINEERR_ADDRESSBLOCKED         TRUNKLINE_LONG(0x80000053) /* number barred on this call (1.4) */
#define LINEERR_BILLINGREJECTED        TRUNKLINE_LONG(0x80000054) /* billing mode refused (1.4) */
#define LINEERR_INVALFEATURE           TRUNKLINE_LONG(0x80000055) /* bad dwFeature (1.4) */
#define LINEERR_NOMULTIPLEINSTANCE     TRUNKLINE_LONG(0x80000056) /* provider cannot be installed twice
                                                                   * (1.4) */
#define LINEERR_INVALAGENTID           TRUNKLINE_LONG(0x80000057) /* bad agent id (2.0) */
#define LINEERR_INVALAGENTGROUP        TRUNKLINE_LONG(0x80000058) /* bad agent group (2.0) */
#define LINEERR_INVALPASSWORD          TRUNKLINE_LONG(0x80000059) /* wrong password; nothing done (2.0) */
#define LINEERR_INVALAGENTSTATE        TRUNKLINE_LONG(0x8000005A) /* bad agent state; nothing done (2.0) */
#define LINEERR_INVALAGENTACTIVITY     TRUNKLINE_LONG(0x8000005B) /* bad agent activity (2.0) */
#define LINEERR_DIALVOICEDETECT        TRUNKLINE_LONG(0x8000005C) /* dial string has unsupported : modifier
                                                                   * (2.0) */
#define LINEERR_USERCANCELLED          TRUNKLINE_LONG(0x8000005D) /* user cancelled (2.2) */
#define LINEERR_INVALADDRESSTYPE       TRUNKLINE_LONG(0x8000005E) /* bad address type (3.0) */
#define LINEERR_INVALAGENTSESSIONSTATE TRUNKLINE_LONG(0x8000005F) /* bad agent session state (2.2) */
#define LINEERR_DISCONNECTED           TRUNKLINE_LONG(0x80000060) /* call/connection gone (remote server)
                                                                   * (2.2) */
#define LINEERR_SERVICE_NOT_RUNNING    TRUNKLINE_LONG(0x80000061) /* telephony service not running (3.1) */

/*
 * Operations on a line: LINEDEVCAPS.dwLineFeatures (ever), LINEDEVSTATUS.dwLineFeatures (now)
 * [linefeature--constants]
 */
#define LINEFEATURE_DEVSPECIFIC     0x00000001 /* lineDevSpecific possible */
#define LINEFEATURE_DEVSPECIFICFEAT 0x00000002 /* lineDevSpecificFeature possible */
#define LINEFEATURE_FORWARD         0x00000004 /* lineForward possible */
#define LINEFEATURE_MAKECALL        0x00000008 /* lineMakeCall possible */
#define LINEFEATURE_SETMEDIACONTROL 0x00000010 /* lineSetMediaControl possible */
#define LINEFEATURE_SETTERMINAL     0x00000020 /* lineSetTerminal possible */
#define LINEFEATURE_SETDEVSTATUS    0x00000040 /* lineSetLineDevStatus possible (2.0) */
#define LINEFEATURE_FORWARDFWD      0x00000080 /* lineForward to numbers possible (2.0) */
#define LINEFEATURE_FORWARDDND      0x00000100 /* lineForward as do-not-disturb possible (2.0) */

/* Conditions of forwarding: LINEFORWARD.dwForwardMode [lineforwardmode--constants] */
#define LINEFORWARDMODE_UNCOND         0x00000001 /* all calls */
#define LINEFORWARDMODE_UNCONDINTERNAL 0x00000002 /* all internal calls */
#define LINEFORWARDMODE_UNCONDEXTERNAL 0x00000004 /* all external calls */
#define LINEFORWARDMODE_UNCONDSPECIFIC 0x00000008 /* all calls from one caller address */
#define LINEFORWARDMODE_BUSY           0x00000010 /* on busy, any caller */
#define LINEFORWARDMODE_BUSYINTERNAL   0x00000020 /* on busy, internal callers */
#define LINEFORWARDMODE_BUSYEXTERNAL   0x00000040 /* on busy, external callers */
#define LINEFORWARDMODE_BUSYSPECIFIC   0x00000080 /* on busy, one caller address */
#define LINEFORWARDMODE_NOANSW         0x00000100 /* on no answer, any caller */
#define LINEFORWARDMODE_NOANSWINTERNAL 0x00000200 /* on no answer, internal callers */
#define LINEFORWARDMODE_NOANSWEXTERNAL 0x00000400 /* on no answer, external callers */
#define LINEFORWARDMODE_NOANSWSPECIFIC 0x00000800 /* on no answer, one caller address */
#define LINEFORWARDMODE_BUSYNA         0x00001000 /* on busy or no answer, any caller */
#define LINEFORWARDMODE_BUSYNAINTERNAL 0x00002000 /* on busy or no answer, internal callers */
#define LINEFORWARDMODE_BUSYNAEXTERNAL 0x00004000 /* on busy or no answer, external callers */
#define LINEFORWARDMODE_BUSYNASPECIFIC 0x00008000 /* on busy or no answer, one caller address */
#define LINEFORWARDMODE_UNKNOWN        0x00010000 /* forwarded, mode not known yet (1.4) */
#define LINEFORWARDMODE_UNAVAIL        0x00020000 /* forwarded, mode never known (1.4) */

/* Why gathering digits ended: LINE_GATHERDIGITS [linegatherterm--constants] */
#define LINEGATHERTERM_BUFFERFULL   0x00000001 /* asked number of digits collected */
#define LINEGATHERTERM_TERMDIGIT    0x00000002 /* a termination digit arrived (last in buffer) */
#define LINEGATHERTERM_FIRSTTIMEOUT 0x00000004 /* first-digit time-out; buffer empty */
#define LINEGATHERTERM_INTERTIMEOUT 0x00000008 /* inter-digit time-out; at least one digit */
#define LINEGATHERTERM_CANCEL       0x00000010 /* cancelled by this or another application, or call ended */

/* Why sending digits or a tone ended: LINE_GENERATE [linegenerateterm--constants] */
#define LINEGENERATETERM_DONE   0x00000001 /* generation finished */
#define LINEGENERATETERM_CANCEL 0x00000002 /* generation cancelled */

/* How messages reach the application: LINEINITIALIZEEXPARAMS.dwOptions [lineinitializeexoption--constants] */
#define LINEINITIALIZEEXOPTION_USEHIDDENWINDOW   0x00000001  /* messages through a hidden window and
                                                              * callback (2.0) */
#define LINEINITIALIZEEXOPTION_USEEVENT          0x00000002  /* messages through an event handle and
                                                              * lineGetMessage (2.0) */
#define LINEINITIALIZEEXOPTION_USECOMPLETIONPORT 0x00000003  /* messages posted to an I/O completion port
                                                              * (2.0) */
#define LINEINITIALIZEEXOPTION_CALLHUBTRACKING   0x80000000U /* also deliver call-hub tracking events (3.0) */

/* Properties of a dialling location: LINELOCATIONENTRY.dwOptions [linelocationoption--constants] (1.4) */
#define LINELOCATIONOPTION_PULSEDIAL 0x00000001 /* location dials with pulses by default */

/* Actions on the media stream: lineSetMediaControl [linemediacontrol--constants] */
#define LINEMEDIACONTROL_NONE         0x00000001 /* no action */
#define LINEMEDIACONTROL_START        0x00000002 /* start the media stream */
#define LINEMEDIACONTROL_RESET        0x00000004 /* reset the stream */
#define LINEMEDIACONTROL_PAUSE        0x00000008 /* pause the stream */
#define LINEMEDIACONTROL_RESUME       0x00000010 /* start or resume the stream */
#define LINEMEDIACONTROL_RATEUP       0x00000020 /* speed up by a device step */
#define LINEMEDIACONTROL_RATEDOWN     0x00000040 /* slow down by a device step */
#define LINEMEDIACONTROL_RATENORMAL   0x00000080 /* normal speed */
#define LINEMEDIACONTROL_VOLUMEUP     0x00000100 /* louder by a device step */
#define LINEMEDIACONTROL_VOLUMEDOWN   0x00000200 /* softer by a device step */
#define LINEMEDIACONTROL_VOLUMENORMAL 0x00000400 /* normal volume */

/* Media modes of calls [linemediamode--constants] */
#define LINEMEDIAMODE_UNKNOWN          0x00000002 /* not determined (may accompany candidate bits) */
#define LINEMEDIAMODE_INTERACTIVEVOICE 0x00000004 /* people talking */
#define LINEMEDIAMODE_AUTOMATEDVOICE   0x00000008 /* voice handled by a machine */
#define LINEMEDIAMODE_DATAMODEM        0x00000010 /* modem data */
#define LINEMEDIAMODE_G3FAX            0x00000020 /* group 3 fax */
#define LINEMEDIAMODE_TDD              0x00000040 /* telecommunications device for the deaf */
#define LINEMEDIAMODE_G4FAX            0x00000080 /* group 4 fax */
#define LINEMEDIAMODE_DIGITALDATA      0x00000100 /* digital data stream */
#define LINEMEDIAMODE_TELETEX          0x00000200 /* teletex */
#define LINEMEDIAMODE_VIDEOTEX         0x00000400 /* videotex */
#define LINEMEDIAMODE_TELEX            0x00000800 /* telex */
#define LINEMEDIAMODE_MIXED            0x00001000 /* ISDN mixed-mode terminal */
#define LINEMEDIAMODE_ADSI             0x00002000 /* analogue display services interface */
#define LINEMEDIAMODE_VOICEVIEW        0x00004000 /* VoiceView (1.4) */
#define LINEMEDIAMODE_VIDEO            0x00008000 /* video (2.1) */

/* Detail of LINECALLSTATE_OFFERING [lineofferingmode--constants] (1.4) */
#define LINEOFFERINGMODE_ACTIVE   0x00000001 /* alerting here (also meant by 0) */
#define LINEOFFERINGMODE_INACTIVE 0x00000002 /* offered elsewhere as primary; do not auto-answer here */

/* Options of lineOpen, given with dwPrivileges [lineopenoption--constants] (2.0) */
#define LINEOPENOPTION_SINGLEADDRESS 0x80000000U /* ownership of provider-created calls only for the
                                                  * address in lpCallParams */
#define LINEOPENOPTION_PROXY         0x40000000  /* register as handler for the proxy request types listed
                                                  * in lpCallParams */

/* How a call is parked: linePark [lineparkmode--constants] */
#define LINEPARKMODE_DIRECTED    0x00000001 /* application names the park address */
#define LINEPARKMODE_NONDIRECTED 0x00000002 /* switch picks the park address */

/* Requests to an agent handler: LINEPROXYREQUEST.dwRequestType [lineproxyrequest--constants] */
#define LINEPROXYREQUEST_SETAGENTGROUP             0x00000001 /* carries lineSetAgentGroup (2.0) */
#define LINEPROXYREQUEST_SETAGENTSTATE             0x00000002 /* carries lineSetAgentState (2.0) */
#define LINEPROXYREQUEST_SETAGENTACTIVITY          0x00000003 /* carries lineSetAgentActivity (2.0) */
#define LINEPROXYREQUEST_GETAGENTCAPS              0x00000004 /* carries lineGetAgentCaps (2.0) */
#define LINEPROXYREQUEST_GETAGENTSTATUS            0x00000005 /* carries lineGetAgentStatus (2.0) */
#define LINEPROXYREQUEST_AGENTSPECIFIC             0x00000006 /* carries lineAgentSpecific (2.0) */
#define LINEPROXYREQUEST_GETAGENTACTIVITYLIST      0x00000007 /* carries lineGetAgentActivityList (2.0) */
#define LINEPROXYREQUEST_GETAGENTGROUPLIST         0x00000008 /* carries lineGetAgentGroupList (2.0) */
#define LINEPROXYREQUEST_CREATEAGENT               0x00000009 /* carries lineCreateAgent (2.2) */
#define LINEPROXYREQUEST_SETAGENTMEASUREMENTPERIOD 0x0000000A /* carries lineSetAgentMeasurementPeriod
                                                               * (2.2) */
#define LINEPROXYREQUEST_GETAGENTINFO              0x0000000B /* carries lineGetAgentInfo (2.2) */
#define LINEPROXYREQUEST_CREATEAGENTSESSION        0x0000000C /* carries lineCreateAgentSession (2.2) */
#define LINEPROXYREQUEST_GETAGENTSESSIONLIST       0x0000000D /* carries lineGetAgentSessionList (2.2) */
#define LINEPROXYREQUEST_SETAGENTSESSIONSTATE      0x0000000E /* carries lineSetAgentSessionState (2.2) */
#define LINEPROXYREQUEST_GETAGENTSESSIONINFO       0x0000000F /* carries lineGetAgentSessionInfo (2.2) */
#define LINEPROXYREQUEST_GETQUEUELIST              0x00000010 /* carries lineGetQueueList (2.2) */
#define LINEPROXYREQUEST_SETQUEUEMEASUREMENTPERIOD 0x00000011 /* carries lineSetQueueMeasurementPeriod
                                                               * (2.2) */
#define LINEPROXYREQUEST_GETQUEUEINFO              0x00000012 /* carries lineGetQueueInfo (2.2) */
#define LINEPROXYREQUEST_GETGROUPLIST              0x00000013 /* carries lineGetGroupList (2.2) */
#define LINEPROXYREQUEST_SETAGENTSTATEEX           0x00000014 /* carries lineSetAgentStateEx (2.2) */

/*
 * Who can be removed from a conference: LINEADDRESSCAPS.dwRemoveFromConfCaps [lineremovefromconf--constants]
 */
#define LINEREMOVEFROMCONF_NONE 0x00000001 /* members cannot be removed */
#define LINEREMOVEFROMCONF_LAST 0x00000002 /* only the member added last can be removed */
#define LINEREMOVEFROMCONF_ANY  0x00000003 /* any member can be removed */

/* Kinds of assisted-telephony requests: lineRegisterRequestRecipient [linerequestmode--constants] */
#define LINEREQUESTMODE_MAKECALL  0x00000001 /* voice call request */
#define LINEREQUESTMODE_MEDIACALL 0x00000002 /* media call request (obsolete) */
#define LINEREQUESTMODE_DROP      0x00000004 /* drop request (obsolete) */

/* Roaming of a mobile line: LINEDEVSTATUS.dwRoamMode [lineroammode--constants] */
#define LINEROAMMODE_UNKNOWN 0x00000001 /* not known yet */
#define LINEROAMMODE_UNAVAIL 0x00000002 /* never known */
#define LINEROAMMODE_HOME    0x00000004 /* home network */
#define LINEROAMMODE_ROAMA   0x00000008 /* roaming on carrier A */
#define LINEROAMMODE_ROAMB   0x00000010 /* roaming on carrier B */

/* Detail of LINECALLSTATE_SPECIALINFO [linespecialinfo--constants] */
#define LINESPECIALINFO_NOCIRCUIT 0x00000001 /* no circuit / emergency blockage */
#define LINESPECIALINFO_CUSTIRREG 0x00000002 /* wrong, changed or vacant number */
#define LINESPECIALINFO_REORDER   0x00000004 /* reorder: misdialled or equipment irregularity */
#define LINESPECIALINFO_UNKNOWN   0x00000008 /* kind not known yet */
#define LINESPECIALINFO_UNAVAIL   0x00000010 /* kind never known */

/* Kinds of terminal: LINETERMCAPS.dwTermDev [linetermdev--constants] */
#define LINETERMDEV_PHONE   0x00000001 /* phone set */
#define LINETERMDEV_HEADSET 0x00000002 /* headset */
#define LINETERMDEV_SPEAKER 0x00000004 /* external speaker and microphone */

/* Signals that can be routed to a terminal: lineSetTerminal [linetermmode--constants] */
#define LINETERMMODE_BUTTONS       0x00000001 /* button events */
#define LINETERMMODE_LAMPS         0x00000002 /* lamp events */
#define LINETERMMODE_DISPLAY       0x00000004 /* display text */
#define LINETERMMODE_RINGER        0x00000008 /* ringer control */
#define LINETERMMODE_HOOKSWITCH    0x00000010 /* hookswitch events */
#define LINETERMMODE_MEDIATOLINE   0x00000020 /* media from terminal to line */
#define LINETERMMODE_MEDIAFROMLINE 0x00000040 /* media from line to terminal */
#define LINETERMMODE_MEDIABIDIRECT 0x00000080 /* media both ways */

/* How lines share a terminal: LINETERMCAPS.dwTermSharing [linetermsharing--constants] */
#define LINETERMSHARING_PRIVATE    0x00000001 /* one line only */
#define LINETERMSHARING_SHAREDEXCL 0x00000002 /* several lines, one at a time */
#define LINETERMSHARING_SHAREDCONF 0x00000004 /* several lines at once, mixed */

/* What lineSetTollList does [linetolllistoption--constants] */
#define LINETOLLLISTOPTION_ADD    0x00000001 /* add prefix to the toll list */
#define LINETOLLLISTOPTION_REMOVE 0x00000002 /* take prefix off the toll list */

/* Tones of lineGenerateTone [linetonemode--constants] */
#define LINETONEMODE_CUSTOM   0x00000001 /* tone described by LINEGENERATETONE entries */
#define LINETONEMODE_RINGBACK 0x00000002 /* ringback tone */
#define LINETONEMODE_BUSY     0x00000004 /* busy tone */
#define LINETONEMODE_BEEP     0x00000008 /* recording beep */
#define LINETONEMODE_BILLING  0x00000010 /* bong/credit-card prompt tone */

/* How lineCompleteTransfer ends [linetransfermode--constants] */
#define LINETRANSFERMODE_TRANSFER   0x00000001 /* finish as transfer */
#define LINETRANSFERMODE_CONFERENCE 0x00000002 /* finish as three-way conference */

/* Options of lineTranslateAddress [linetranslateoption--constants] */
#define LINETRANSLATEOPTION_CARDOVERRIDE      0x00000001 /* use dwCard instead of the location's card */
#define LINETRANSLATEOPTION_CANCELCALLWAITING 0x00000002 /* prefix the cancel-call-waiting code if defined
                                                          * (1.4) */
#define LINETRANSLATEOPTION_FORCELOCAL        0x00000004 /* treat as local (1.4) */
#define LINETRANSLATEOPTION_FORCELD           0x00000008 /* treat as long distance (1.4) */

/* What lineTranslateAddress found: LINETRANSLATEOUTPUT.dwTranslateResults [linetranslateresult--constants] */
#define LINETRANSLATERESULT_CANONICAL     0x00000001 /* input was in canonical form */
#define LINETRANSLATERESULT_INTERNATIONAL 0x00000002 /* international call */
#define LINETRANSLATERESULT_LONGDISTANCE  0x00000004 /* long-distance call */
#define LINETRANSLATERESULT_LOCAL         0x00000008 /* local call */
#define LINETRANSLATERESULT_INTOLLLIST    0x00000010 /* prefix is on the toll list */
#define LINETRANSLATERESULT_NOTINTOLLLIST 0x00000020 /* prefix is not on the toll list */
#define LINETRANSLATERESULT_DIALBILLING   0x00000040 /* output contains $ */
#define LINETRANSLATERESULT_DIALQUIET     0x00000080 /* output contains @ */
#define LINETRANSLATERESULT_DIALDIALTONE  0x00000100 /* output contains W */
#define LINETRANSLATERESULT_DIALPROMPT    0x00000200 /* output contains ? */
#define LINETRANSLATERESULT_VOICEDETECT   0x00000400 /* output contains : (2.0) */
#define LINETRANSLATERESULT_NOTRANSLATION 0x00000800 /* number was not translated (3.0) */

/* Functions of a phone button: PHONEBUTTONINFO.dwButtonFunction [phonebuttonfunction--constants] */
#define PHONEBUTTONFUNCTION_UNKNOWN      0x00000000 /* function not known */
#define PHONEBUTTONFUNCTION_CONFERENCE   0x00000001 /* start or add to conference */
#define PHONEBUTTONFUNCTION_TRANSFER     0x00000002 /* start transfer */
#define PHONEBUTTONFUNCTION_DROP         0x00000003 /* drop the call */
#define PHONEBUTTONFUNCTION_HOLD         0x00000004 /* hold the call */
#define PHONEBUTTONFUNCTION_RECALL       0x00000005 /* dial tone recall */
#define PHONEBUTTONFUNCTION_DISCONNECT   0x00000006 /* disconnect */
#define PHONEBUTTONFUNCTION_CONNECT      0x00000007 /* connect */
#define PHONEBUTTONFUNCTION_MSGWAITON    0x00000008 /* message-waiting lamp on */
#define PHONEBUTTONFUNCTION_MSGWAITOFF   0x00000009 /* message-waiting lamp off */
#define PHONEBUTTONFUNCTION_SELECTRING   0x0000000A /* choose ring */
#define PHONEBUTTONFUNCTION_ABBREVDIAL   0x0000000B /* abbreviated dial */
#define PHONEBUTTONFUNCTION_FORWARD      0x0000000C /* forward calls */
#define PHONEBUTTONFUNCTION_PICKUP       0x0000000D /* pick up another station's call */
#define PHONEBUTTONFUNCTION_RINGAGAIN    0x0000000E /* ring again / call completion */
#define PHONEBUTTONFUNCTION_PARK         0x0000000F /* park the call */
#define PHONEBUTTONFUNCTION_REJECT       0x00000010 /* reject the call */
#define PHONEBUTTONFUNCTION_REDIRECT     0x00000011 /* redirect the call */
#define PHONEBUTTONFUNCTION_MUTE         0x00000012 /* mute microphone */
#define PHONEBUTTONFUNCTION_VOLUMEUP     0x00000013 /* louder */
#define PHONEBUTTONFUNCTION_VOLUMEDOWN   0x00000014 /* softer */
#define PHONEBUTTONFUNCTION_SPEAKERON    0x00000015 /* speaker on */
#define PHONEBUTTONFUNCTION_SPEAKEROFF   0x00000016 /* speaker off */
#define PHONEBUTTONFUNCTION_FLASH        0x00000017 /* hook flash */
#define PHONEBUTTONFUNCTION_DATAON       0x00000018 /* data call on */
#define PHONEBUTTONFUNCTION_DATAOFF      0x00000019 /* data call off */
#define PHONEBUTTONFUNCTION_DONOTDISTURB 0x0000001A /* do not disturb */
#define PHONEBUTTONFUNCTION_INTERCOM     0x0000001B /* intercom */
#define PHONEBUTTONFUNCTION_BRIDGEDAPP   0x0000001C /* bridged appearance */
#define PHONEBUTTONFUNCTION_BUSY         0x0000001D /* make station busy */
#define PHONEBUTTONFUNCTION_CALLAPP      0x0000001E /* call appearance */
#define PHONEBUTTONFUNCTION_DATETIME     0x0000001F /* show date and time */
#define PHONEBUTTONFUNCTION_DIRECTORY    0x00000020 /* directory */
#define PHONEBUTTONFUNCTION_COVER        0x00000021 /* send to coverage */
#define PHONEBUTTONFUNCTION_CALLID       0x00000022 /* show caller ID */
#define PHONEBUTTONFUNCTION_LASTNUM      0x00000023 /* redial last number */
#define PHONEBUTTONFUNCTION_NIGHTSRV     0x00000024 /* night service */
#define PHONEBUTTONFUNCTION_SENDCALLS    0x00000025 /* send all calls */
#define PHONEBUTTONFUNCTION_MSGINDICATOR 0x00000026 /* message indicator */
#define PHONEBUTTONFUNCTION_REPDIAL      0x00000027 /* repertory dial */
#define PHONEBUTTONFUNCTION_SETREPDIAL   0x00000028 /* program repertory dial */
#define PHONEBUTTONFUNCTION_SYSTEMSPEED  0x00000029 /* system speed dial */
#define PHONEBUTTONFUNCTION_STATIONSPEED 0x0000002A /* station speed dial */
#define PHONEBUTTONFUNCTION_CAMPON       0x0000002B /* camp on */
#define PHONEBUTTONFUNCTION_SAVEREPEAT   0x0000002C /* save and repeat number */
#define PHONEBUTTONFUNCTION_QUEUECALL    0x0000002D /* queue the call */
#define PHONEBUTTONFUNCTION_NONE         0x0000002E /* button has no function */
#define PHONEBUTTONFUNCTION_SEND         0x0000002F /* send (header only; newer versions) (3.1) */

/* Kinds of phone button [phonebuttonmode--constants] */
#define PHONEBUTTONMODE_DUMMY   0x00000001 /* lamp without button */
#define PHONEBUTTONMODE_CALL    0x00000002 /* call appearance button */
#define PHONEBUTTONMODE_FEATURE 0x00000004 /* feature button */
#define PHONEBUTTONMODE_KEYPAD  0x00000008 /* dial-pad key */
#define PHONEBUTTONMODE_LOCAL   0x00000010 /* local function such as mute or volume */
#define PHONEBUTTONMODE_DISPLAY 0x00000020 /* soft key next to the display */

/* States of a phone button: PHONE_BUTTON [phonebuttonstate--constants] */
#define PHONEBUTTONSTATE_UP      0x00000001 /* released */
#define PHONEBUTTONSTATE_DOWN    0x00000002 /* pressed */
#define PHONEBUTTONSTATE_UNKNOWN 0x00000004 /* not known yet */
#define PHONEBUTTONSTATE_UNAVAIL 0x00000008 /* never known */

/* Errors of the phone functions [phoneerr--constants] */
#define PHONEERR_ALLOCATED              TRUNKLINE_LONG(0x90000001) /* phone held by someone else */
#define PHONEERR_BADDEVICEID            TRUNKLINE_LONG(0x90000002) /* device id out of range */
#define PHONEERR_INCOMPATIBLEAPIVERSION TRUNKLINE_LONG(0x90000003) /* API version range not supported */
#define PHONEERR_INCOMPATIBLEEXTVERSION TRUNKLINE_LONG(0x90000004) /* extension version range not supported */
#define PHONEERR_INIFILECORRUPT         TRUNKLINE_LONG(0x90000005) /* stored telephony configuration
                                                                    * unreadable */
#define PHONEERR_INUSE                  TRUNKLINE_LONG(0x90000006) /* phone already open as owner, or busy
                                                                    * for this operation */
#define PHONEERR_INVALAPPHANDLE         TRUNKLINE_LONG(0x90000007) /* bad HPHONEAPP */
#define PHONEERR_INVALAPPNAME           TRUNKLINE_LONG(0x90000008) /* bad application name string */
#define PHONEERR_INVALBUTTONLAMPID      TRUNKLINE_LONG(0x90000009) /* button/lamp id out of range */
#define PHONEERR_INVALBUTTONMODE        TRUNKLINE_LONG(0x9000000A) /* bad button mode */
#define PHONEERR_INVALBUTTONSTATE       TRUNKLINE_LONG(0x9000000B) /* bad button state */
#define PHONEERR_INVALDATAID            TRUNKLINE_LONG(0x9000000C) /* data id out of range */
#define PHONEERR_INVALDEVICECLASS       TRUNKLINE_LONG(0x9000000D) /* device class not associated with the
                                                                    * phone */
#define PHONEERR_INVALEXTVERSION        TRUNKLINE_LONG(0x9000000E) /* bad extension version */
#define PHONEERR_INVALHOOKSWITCHDEV     TRUNKLINE_LONG(0x9000000F) /* bad hookswitch device */
#define PHONEERR_INVALHOOKSWITCHMODE    TRUNKLINE_LONG(0x90000010) /* bad hookswitch mode */
#define PHONEERR_INVALLAMPMODE          TRUNKLINE_LONG(0x90000011) /* bad lamp mode */
#define PHONEERR_INVALPARAM             TRUNKLINE_LONG(0x90000012) /* a parameter or pointed-to structure
                                                                    * is wrong */
#define PHONEERR_INVALPHONEHANDLE       TRUNKLINE_LONG(0x90000013) /* bad HPHONE */
#define PHONEERR_INVALPHONESTATE        TRUNKLINE_LONG(0x90000014) /* phone state does not allow the
                                                                    * operation, or undefined PHONESTATE
                                                                    * bits */
#define PHONEERR_INVALPOINTER           TRUNKLINE_LONG(0x90000015) /* a pointer is unusable */
#define PHONEERR_INVALPRIVILEGE         TRUNKLINE_LONG(0x90000016) /* bad privilege value */
#define PHONEERR_INVALRINGMODE          TRUNKLINE_LONG(0x90000017) /* bad ring mode */
#define PHONEERR_NODEVICE               TRUNKLINE_LONG(0x90000018) /* phone has been removed */
#define PHONEERR_NODRIVER               TRUNKLINE_LONG(0x90000019) /* provider or a component of it is
                                                                    * missing */
#define PHONEERR_NOMEM                  TRUNKLINE_LONG(0x9000001A) /* out of memory */
#define PHONEERR_NOTOWNER               TRUNKLINE_LONG(0x9000001B) /* owner privilege needed */
#define PHONEERR_OPERATIONFAILED        TRUNKLINE_LONG(0x9000001C) /* unspecified failure */
#define PHONEERR_OPERATIONUNAVAIL       TRUNKLINE_LONG(0x9000001D) /* operation not supported here */
#define PHONEERR_RESOURCEUNAVAIL        TRUNKLINE_LONG(0x9000001F) /* resources not available now */
#define PHONEERR_REQUESTOVERRUN         TRUNKLINE_LONG(0x90000020) /* too many requests outstanding */
#define PHONEERR_STRUCTURETOOSMALL      TRUNKLINE_LONG(0x90000021) /* dwTotalSize below fixed size for the
                                                                    * version */
#define PHONEERR_UNINITIALIZED          TRUNKLINE_LONG(0x90000022) /* no application initialised the phone
                                                                    * API */
#define PHONEERR_REINIT                 TRUNKLINE_LONG(0x90000023) /* initialise/open refused until
                                                                    * everyone shuts down */
#define PHONEERR_DISCONNECTED           TRUNKLINE_LONG(0x90000024) /* connection gone (remote server) (2.2) */
#define PHONEERR_SERVICE_NOT_RUNNING    TRUNKLINE_LONG(0x90000025) /* telephony service not running (3.1) */

/*
 * Operations on a phone: PHONECAPS.dwPhoneFeatures (ever), PHONESTATUS.dwPhoneFeatures (now)
 * [phonefeature--constants]
 */
#define PHONEFEATURE_GETBUTTONINFO        0x00000001 /* phoneGetButtonInfo possible (2.0) */
#define PHONEFEATURE_GETDATA              0x00000002 /* phoneGetData possible (2.0) */
#define PHONEFEATURE_GETDISPLAY           0x00000004 /* phoneGetDisplay possible (2.0) */
#define PHONEFEATURE_GETGAINHANDSET       0x00000008 /* phoneGetGain possible for the handset (2.0) */
#define PHONEFEATURE_GETGAINSPEAKER       0x00000010 /* phoneGetGain possible for the speaker (2.0) */
#define PHONEFEATURE_GETGAINHEADSET       0x00000020 /* phoneGetGain possible for the headset (2.0) */
#define PHONEFEATURE_GETHOOKSWITCHHANDSET 0x00000040 /* phoneGetHookSwitch possible for the handset (2.0) */
#define PHONEFEATURE_GETHOOKSWITCHSPEAKER 0x00000080 /* phoneGetHookSwitch possible for the speaker (2.0) */
#define PHONEFEATURE_GETHOOKSWITCHHEADSET 0x00000100 /* phoneGetHookSwitch possible for the headset (2.0) */
#define PHONEFEATURE_GETLAMP              0x00000200 /* phoneGetLamp possible (2.0) */
#define PHONEFEATURE_GETRING              0x00000400 /* phoneGetRing possible (2.0) */
#define PHONEFEATURE_GETVOLUMEHANDSET     0x00000800 /* phoneGetVolume possible for the handset (2.0) */
#define PHONEFEATURE_GETVOLUMESPEAKER     0x00001000 /* phoneGetVolume possible for the speaker (2.0) */
#define PHONEFEATURE_GETVOLUMEHEADSET     0x00002000 /* phoneGetVolume possible for the headset (2.0) */
#define PHONEFEATURE_SETBUTTONINFO        0x00004000 /* phoneSetButtonInfo possible (2.0) */
#define PHONEFEATURE_SETDATA              0x00008000 /* phoneSetData possible (2.0) */
#define PHONEFEATURE_SETDISPLAY           0x00010000 /* phoneSetDisplay possible (2.0) */
#define PHONEFEATURE_SETGAINHANDSET       0x00020000 /* phoneSetGain possible for the handset (2.0) */
#define PHONEFEATURE_SETGAINSPEAKER       0x00040000 /* phoneSetGain possible for the speaker (2.0) */
#define PHONEFEATURE_SETGAINHEADSET       0x00080000 /* phoneSetGain possible for the headset (2.0) */
#define PHONEFEATURE_SETHOOKSWITCHHANDSET 0x00100000 /* phoneSetHookSwitch possible for the handset (2.0) */
#define PHONEFEATURE_SETHOOKSWITCHSPEAKER 0x00200000 /* phoneSetHookSwitch possible for the speaker (2.0) */
#define PHONEFEATURE_SETHOOKSWITCHHEADSET 0x00400000 /* phoneSetHookSwitch possible for the headset (2.0) */
#define PHONEFEATURE_SETLAMP              0x00800000 /* phoneSetLamp possible (2.0) */
#define PHONEFEATURE_SETRING              0x01000000 /* phoneSetRing possible (2.0) */
#define PHONEFEATURE_SETVOLUMEHANDSET     0x02000000 /* phoneSetVolume possible for the handset (2.0) */
#define PHONEFEATURE_SETVOLUMESPEAKER     0x04000000 /* phoneSetVolume possible for the speaker (2.0) */
#define PHONEFEATURE_SETVOLUMEHEADSET     0x08000000 /* phoneSetVolume possible for the headset (2.0) */
#define PHONEFEATURE_GENERICPHONE         0x10000000 /* device is a generic phone (3.1) */

/* Hookswitch devices of a phone [phonehookswitchdev--constants] */
#define PHONEHOOKSWITCHDEV_HANDSET 0x00000001 /* handset */
#define PHONEHOOKSWITCHDEV_SPEAKER 0x00000002 /* speakerphone */
#define PHONEHOOKSWITCHDEV_HEADSET 0x00000004 /* headset */

/* Positions of a hookswitch [phonehookswitchmode--constants] */
#define PHONEHOOKSWITCHMODE_ONHOOK     0x00000001 /* microphone and speaker off */
#define PHONEHOOKSWITCHMODE_MIC        0x00000002 /* microphone on, speaker off */
#define PHONEHOOKSWITCHMODE_SPEAKER    0x00000004 /* speaker on, microphone off */
#define PHONEHOOKSWITCHMODE_MICSPEAKER 0x00000008 /* both on */
#define PHONEHOOKSWITCHMODE_UNKNOWN    0x00000010 /* not known */

/*
 * How messages reach the application: PHONEINITIALIZEEXPARAMS.dwOptions [phoneinitializeexoption--constants]
 * (2.0)
 */
#define PHONEINITIALIZEEXOPTION_USEHIDDENWINDOW   0x00000001 /* messages through a hidden window and
                                                              * callback */
#define PHONEINITIALIZEEXOPTION_USEEVENT          0x00000002 /* messages through an event handle and
                                                              * phoneGetMessage */
#define PHONEINITIALIZEEXOPTION_USECOMPLETIONPORT 0x00000003 /* messages posted to an I/O completion port */

/* Modes of a lamp [phonelampmode--constants] */
#define PHONELAMPMODE_DUMMY         0x00000001 /* button without lamp */
#define PHONELAMPMODE_OFF           0x00000002 /* off */
#define PHONELAMPMODE_STEADY        0x00000004 /* steadily lit */
#define PHONELAMPMODE_WINK          0x00000008 /* normal slow on/off */
#define PHONELAMPMODE_FLASH         0x00000010 /* slow on/off */
#define PHONELAMPMODE_FLUTTER       0x00000020 /* fast on/off */
#define PHONELAMPMODE_BROKENFLUTTER 0x00000040 /* flutter superposed on flash */
#define PHONELAMPMODE_UNKNOWN       0x00000080 /* not known */

/* Privileges of phoneOpen [phoneprivilege--constants] */
#define PHONEPRIVILEGE_MONITOR 0x00000001 /* may watch and query */
#define PHONEPRIVILEGE_OWNER   0x00000002 /* may change the phone; only one owner at a time */

/* Items of a phone status: PHONE_STATE [phonestate--constants] */
#define PHONESTATE_OTHER             0x00000001 /* item not listed changed */
#define PHONESTATE_CONNECTED         0x00000002 /* phone connected to TAPI */
#define PHONESTATE_DISCONNECTED      0x00000004 /* phone no longer connected to TAPI */
#define PHONESTATE_OWNER             0x00000008 /* owner count changed */
#define PHONESTATE_MONITORS          0x00000010 /* monitor count changed */
#define PHONESTATE_DISPLAY           0x00000020 /* display changed */
#define PHONESTATE_LAMP              0x00000040 /* a lamp changed (dwParam2 = lamp id) */
#define PHONESTATE_RINGMODE          0x00000080 /* ring mode changed */
#define PHONESTATE_RINGVOLUME        0x00000100 /* ring volume changed */
#define PHONESTATE_HANDSETHOOKSWITCH 0x00000200 /* handset hookswitch changed */
#define PHONESTATE_HANDSETVOLUME     0x00000400 /* handset volume changed */
#define PHONESTATE_HANDSETGAIN       0x00000800 /* handset gain changed */
#define PHONESTATE_SPEAKERHOOKSWITCH 0x00001000 /* speaker hookswitch changed */
#define PHONESTATE_SPEAKERVOLUME     0x00002000 /* speaker volume changed */
#define PHONESTATE_SPEAKERGAIN       0x00004000 /* speaker gain changed */
#define PHONESTATE_HEADSETHOOKSWITCH 0x00008000 /* headset hookswitch changed */
#define PHONESTATE_HEADSETVOLUME     0x00010000 /* headset volume changed */
#define PHONESTATE_HEADSETGAIN       0x00020000 /* headset gain changed */
#define PHONESTATE_SUSPEND           0x00040000 /* application's use of the phone suspended */
#define PHONESTATE_RESUME            0x00080000 /* application's use of the phone resumed */
#define PHONESTATE_DEVSPECIFIC       0x00100000 /* device-specific part changed */
#define PHONESTATE_REINIT            0x00200000 /* application must shut down and reinitialise (cannot be
                                                 * disabled) */
#define PHONESTATE_CAPSCHANGE        0x00400000 /* PHONECAPS changed (1.4) */
#define PHONESTATE_REMOVED           0x00800000 /* device being removed; PHONE_CLOSE follows (1.4) */

/* State of an open phone: PHONESTATUS.dwStatusFlags [phonestatusflags--constants] */
#define PHONESTATUSFLAGS_CONNECTED 0x00000001 /* phone connected to TAPI */
#define PHONESTATUSFLAGS_SUSPENDED 0x00000002 /* control of the phone suspended */

/* Formats of strings from a device [stringformat--constants] */
#define STRINGFORMAT_ASCII   0x00000001 /* one-byte characters, zero ended */
#define STRINGFORMAT_DBCS    0x00000002 /* double-byte character set, zero ended */
#define STRINGFORMAT_UNICODE 0x00000003 /* two-byte Unicode, zero ended */
#define STRINGFORMAT_BINARY  0x00000004 /* byte block */

/* Errors of the assisted-telephony functions [tapierr--constants] */
#define TAPIERR_CONNECTED                0     /* not possible while connected */
#define TAPIERR_DROPPED                  (-1)  /* call was dropped */
#define TAPIERR_NOREQUESTRECIPIENT       (-2)  /* no call-control application registered */
#define TAPIERR_REQUESTQUEUEFULL         (-3)  /* request queue full */
#define TAPIERR_INVALDESTADDRESS         (-4)  /* destination missing, bad pointer or too long */
#define TAPIERR_INVALWINDOWHANDLE        (-5)  /* bad window handle */
#define TAPIERR_INVALDEVICECLASS         (-6)  /* bad device class */
#define TAPIERR_INVALDEVICEID            (-7)  /* bad device id */
#define TAPIERR_DEVICECLASSUNAVAIL       (-8)  /* device class not available */
#define TAPIERR_DEVICEIDUNAVAIL          (-9)  /* device id not available */
#define TAPIERR_DEVICEINUSE              (-10) /* device in use */
#define TAPIERR_DESTBUSY                 (-11) /* destination busy */
#define TAPIERR_DESTNOANSWER             (-12) /* destination did not answer */
#define TAPIERR_DESTUNAVAIL              (-13) /* destination not available */
#define TAPIERR_UNKNOWNWINHANDLE         (-14) /* window handle unknown */
#define TAPIERR_UNKNOWNREQUESTID         (-15) /* request id unknown */
#define TAPIERR_REQUESTFAILED            (-16) /* unspecified failure */
#define TAPIERR_REQUESTCANCELLED         (-17) /* request cancelled */
#define TAPIERR_INVALPOINTER             (-18) /* bad pointer */
#define TAPIERR_NOTADMIN                 (-19) /* administrator rights needed */
#define TAPIERR_MMCWRITELOCKED           (-20) /* management console holds the write lock */
#define TAPIERR_PROVIDERALREADYINSTALLED (-21) /* provider already installed */
#define TAPIERR_SCP_ALREADY_EXISTS       (-22) /* service connection point already there */
#define TAPIERR_SCP_DOES_NOT_EXIST       (-23) /* service connection point missing */

/* Sizes of the strings of an assisted-telephony request, with the terminating zero */
#define TAPIMAXDESTADDRESSSIZE 80 /* chars incl. NUL in LINEREQMAKECALL.szDestAddress */
#define TAPIMAXAPPNAMESIZE     40 /* chars incl. NUL in szAppName */
#define TAPIMAXCALLEDPARTYSIZE 40 /* chars incl. NUL in szCalledParty */
#define TAPIMAXCOMMENTSIZE     80 /* chars incl. NUL in szComment */
#define TAPIMAXDEVICECLASSSIZE 40 /* chars incl. NUL in szDeviceClass */
#define TAPIMAXDEVICEIDSIZE    40 /* bytes in ucDeviceID */

/* The message id that stands for an error in the Windows telephony library's message table. */
#define TAPIERROR_FORMATMESSAGE(error)                                                                       \
    ((DWORD)(error) > 0xFFFF0000U      ? (DWORD)(error) & 0x0000FFFFU                                        \
     : ((DWORD)(error) & 0x10000000U)  ? (DWORD)(error) - 0x90000000U + 0xF000U                              \
                                       : (DWORD)(error) - 0x80000000U + 0xE000U)

/* ---- Structures ---------------------------------------------------------------------------------------- */

/*
 * Capabilities of one address (lineGetAddressCaps) [fixed part 176 bytes at 1.3, 180 bytes at 1.4, 228 bytes
 * at 2.0; filled by: TSP]
 */
typedef struct lineaddresscaps_tag {
  DWORD dwTotalSize;                    /* bytes allocated, set by the caller */
  DWORD dwNeededSize;                   /* bytes needed for everything */
  DWORD dwUsedSize;                     /* bytes filled */
  DWORD dwLineDeviceID;                 /* line device id the address belongs to */
  DWORD dwAddressSize;                  /* bytes of address text */
  DWORD dwAddressOffset;                /* offset of address text */
  DWORD dwDevSpecificSize;              /* bytes of provider extension data */
  DWORD dwDevSpecificOffset;            /* offset of provider extension data */
  DWORD dwAddressSharing;               /* LINEADDRESSSHARING_ (private, bridged, monitored) */
  DWORD dwAddressStates;                /* LINEADDRESSSTATE_ bits that can be reported */
  DWORD dwCallInfoStates;               /* LINECALLINFOSTATE_ items meaningful here; TAPI ORs in
                                         * NUMOWNERINCR, NUMOWNERDECR, NUMMONITORS */
  DWORD dwCallerIDFlags;                /* LINECALLPARTYID_ kinds possible for the caller id */
  DWORD dwCalledIDFlags;                /* LINECALLPARTYID_ kinds possible for the called id */
  DWORD dwConnectedIDFlags;             /* LINECALLPARTYID_ kinds possible for the connected id */
  DWORD dwRedirectionIDFlags;           /* LINECALLPARTYID_ kinds possible for the new destination id */
  DWORD dwRedirectingIDFlags;           /* LINECALLPARTYID_ kinds possible for the redirecting party id */
  DWORD dwCallStates;                   /* LINECALLSTATE_ that can be reported; TAPI ORs in UNKNOWN */
  DWORD dwDialToneModes;                /* LINEDIALTONEMODE_ that can be reported */
  DWORD dwBusyModes;                    /* LINEBUSYMODE_ that can be reported */
  DWORD dwSpecialInfo;                  /* LINESPECIALINFO_ that can be reported */
  DWORD dwDisconnectModes;              /* LINEDISCONNECTMODE_ that can be reported */
  DWORD dwMaxNumActiveCalls;            /* most active calls (held and pending not counted) */
  DWORD dwMaxNumOnHoldCalls;            /* most calls on hard hold */
  DWORD dwMaxNumOnHoldPendingCalls;     /* most calls on hold pending transfer / conference */
  DWORD dwMaxNumConference;             /* most parties in one conference */
  DWORD dwMaxNumTransConf;              /* most parties (self included) for a conference begun with
                                         * lineSetupTransfer */
  DWORD dwAddrCapFlags;                 /* LINEADDRCAPFLAGS_ */
  DWORD dwCallFeatures;                 /* LINECALLFEATURE_ that may ever be possible */
  DWORD dwRemoveFromConfCaps;           /* LINEREMOVEFROMCONF_ */
  DWORD dwRemoveFromConfState;          /* LINECALLSTATE_ of a call after removal from a conference */
  DWORD dwTransferModes;                /* LINETRANSFERMODE_ */
  DWORD dwParkModes;                    /* LINEPARKMODE_ */
  DWORD dwForwardModes;                 /* LINEFORWARDMODE_ */
  DWORD dwMaxForwardEntries;            /* most entries in a forward list */
  DWORD dwMaxSpecificEntries;           /* most entries tied to a caller id (0 = no selective forwarding) */
  DWORD dwMinFwdNumRings;               /* smallest no-answer ring count */
  DWORD dwMaxFwdNumRings;               /* largest no-answer ring count */
  DWORD dwMaxCallCompletions;           /* most outstanding completion requests (0 = none) */
  DWORD dwCallCompletionConds;          /* LINECALLCOMPLCOND_ */
  DWORD dwCallCompletionModes;          /* LINECALLCOMPLMODE_ */
  DWORD dwNumCompletionMessages;        /* number of selectable completion messages */
  DWORD dwCompletionMsgTextEntrySize;   /* bytes of one message text slot */
  DWORD dwCompletionMsgTextSize;        /* bytes of array of message texts (fixed slots) */
  DWORD dwCompletionMsgTextOffset;      /* offset of array of message texts (fixed slots) */
  DWORD dwAddressFeatures;              /* LINEADDRFEATURE_ that may ever be possible (1.4) */
  DWORD dwPredictiveAutoTransferStates; /* LINECALLSTATE_ on which a predictive call can be transferred
                                         * automatically (0 = none) (2.0) */
  DWORD dwNumCallTreatments;            /* entries in the call treatment list (2.0) */
  DWORD dwCallTreatmentListSize;        /* bytes of array of LINECALLTREATMENTENTRY (2.0) */
  DWORD dwCallTreatmentListOffset;      /* offset of array of LINECALLTREATMENTENTRY (2.0) */
  DWORD dwDeviceClassesSize;            /* bytes of NUL-separated, double-NUL-ended device class names for
                                         * lineGetID (2.0) */
  DWORD dwDeviceClassesOffset;          /* offset of NUL-separated, double-NUL-ended device class names for
                                         * lineGetID (2.0) */
  DWORD dwMaxCallDataSize;              /* most bytes for lineSetCallData (2.0) */
  DWORD dwCallFeatures2;                /* LINECALLFEATURE2_ (2.0) */
  DWORD dwMaxNoAnswerTimeout;           /* largest dwNoAnswerTimeout in seconds (0 = not available) (2.0) */
  DWORD dwConnectedModes;               /* LINECONNECTEDMODE_ that can occur (2.0) */
  DWORD dwOfferingModes;                /* LINEOFFERINGMODE_ that can occur (2.0) */
  DWORD dwAvailableMediaModes;          /* media modes possible on new calls (0 = not known, use the
                                         * line's) (2.0) */
} LINEADDRESSCAPS, *LPLINEADDRESSCAPS;

/* Current status of one address [filled by: TSP] */
typedef struct lineaddressstatus_tag {
  DWORD dwTotalSize;           /* bytes allocated, set by the caller */
  DWORD dwNeededSize;          /* bytes needed for everything */
  DWORD dwUsedSize;            /* bytes filled */
  DWORD dwNumInUse;            /* stations using the address now */
  DWORD dwNumActiveCalls;      /* calls not idle and not held in any way */
  DWORD dwNumOnHoldCalls;      /* calls in onHold */
  DWORD dwNumOnHoldPendCalls;  /* calls in onHoldPendingTransfer / onHoldPendingConference */
  DWORD dwAddressFeatures;     /* LINEADDRFEATURE_ possible right now */
  DWORD dwNumRingsNoAnswer;    /* rings until no answer */
  DWORD dwForwardNumEntries;   /* entries in the forward array */
  DWORD dwForwardSize;         /* bytes of array of LINEFORWARD (its inner offsets count from this outer
                                * structure) */
  DWORD dwForwardOffset;       /* offset of array of LINEFORWARD (its inner offsets count from this outer
                                * structure) */
  DWORD dwTerminalModesSize;   /* bytes of array of LINETERMMODE_ per terminal id */
  DWORD dwTerminalModesOffset; /* offset of array of LINETERMMODE_ per terminal id */
  DWORD dwDevSpecificSize;     /* bytes of provider extension data */
  DWORD dwDevSpecificOffset;   /* offset of provider extension data */
} LINEADDRESSSTATUS, *LPLINEADDRESSSTATUS;

/* One selectable activity [since 2.0; filled by: proxy] */
typedef struct lineagentactivityentry_tag {
  DWORD dwID;         /* activity id, kept unique by the handler */
  DWORD dwNameSize;   /* bytes of activity name (offset counts from the enclosing list) */
  DWORD dwNameOffset; /* offset of activity name (offset counts from the enclosing list) */
} LINEAGENTACTIVITYENTRY, *LPLINEAGENTACTIVITYENTRY;

/* Activities of lineGetAgentActivityList [since 2.0; filled by: proxy] */
typedef struct lineagentactivitylist_tag {
  DWORD dwTotalSize;  /* bytes allocated, set by the caller */
  DWORD dwNeededSize; /* bytes needed for everything */
  DWORD dwUsedSize;   /* bytes filled */
  DWORD dwNumEntries; /* entries */
  DWORD dwListSize;   /* bytes of array of LINEAGENTACTIVITYENTRY */
  DWORD dwListOffset; /* offset of array of LINEAGENTACTIVITYENTRY */
} LINEAGENTACTIVITYLIST, *LPLINEAGENTACTIVITYLIST;

/* Agent handler capabilities [since 2.0; fixed part 56 bytes at 2.0, 72 bytes at 2.2; filled by: proxy] */
typedef struct lineagentcaps_tag {
  DWORD dwTotalSize;                  /* bytes allocated, set by the caller */
  DWORD dwNeededSize;                 /* bytes needed for everything */
  DWORD dwUsedSize;                   /* bytes filled */
  DWORD dwAgentHandlerInfoSize;       /* bytes of handler name / version text */
  DWORD dwAgentHandlerInfoOffset;     /* offset of handler name / version text */
  DWORD dwCapsVersion;                /* API version used to fill the structure (not above the caller's) */
  DWORD dwFeatures;                   /* LINEAGENTFEATURE_ that may ever be possible */
  DWORD dwStates;                     /* LINEAGENTSTATE_ settable as state */
  DWORD dwNextStates;                 /* LINEAGENTSTATE_ settable as next state */
  DWORD dwMaxNumGroupEntries;         /* most groups the agent may be logged into at once */
  DWORD dwAgentStatusMessages;        /* LINEAGENTSTATUS_ bits that can be reported */
  DWORD dwNumAgentExtensionIDs;       /* number of extension ids (page says 0 when supported; read: 0 when
                                       * none) */
  DWORD dwAgentExtensionIDListSize;   /* bytes of array of LINEEXTENSIONID; position = index used by
                                       * lineAgentSpecific */
  DWORD dwAgentExtensionIDListOffset; /* offset of array of LINEEXTENSIONID; position = index used by
                                       * lineAgentSpecific */
  GUID ProxyGUID;                     /* GUID of the ACD proxy of the line (2.2) */
} LINEAGENTCAPS, *LPLINEAGENTCAPS;

/* One ACD group [since 2.0; filled by: proxy] */
typedef struct lineagentgroupentry_tag {
  struct {
    DWORD dwGroupID1; /* 128-bit group id, part 1 */
    DWORD dwGroupID2; /* 128-bit group id, part 2 */
    DWORD dwGroupID3; /* 128-bit group id, part 3 */
    DWORD dwGroupID4; /* 128-bit group id, part 4 */
  } GroupID;
  DWORD dwNameSize;   /* bytes of group or queue name (may hold supervisor, skill) */
  DWORD dwNameOffset; /* offset of group or queue name (may hold supervisor, skill) */
} LINEAGENTGROUPENTRY, *LPLINEAGENTGROUPENTRY;

/* Groups (both a result and an argument of lineSetAgentGroup) [since 2.0; filled by: proxy / app] */
typedef struct lineagentgrouplist_tag {
  DWORD dwTotalSize;  /* bytes allocated, set by the caller */
  DWORD dwNeededSize; /* bytes needed for everything */
  DWORD dwUsedSize;   /* bytes filled */
  DWORD dwNumEntries; /* entries (0 in lineSetAgentGroup = log out) */
  DWORD dwListSize;   /* bytes of array of LINEAGENTGROUPENTRY */
  DWORD dwListOffset; /* offset of array of LINEAGENTGROUPENTRY */
} LINEAGENTGROUPLIST, *LPLINEAGENTGROUPLIST;

/* Agent status on an address [since 2.0; filled by: proxy] */
typedef struct lineagentstatus_tag {
  DWORD dwTotalSize;       /* bytes allocated, set by the caller */
  DWORD dwNeededSize;      /* bytes needed for everything */
  DWORD dwUsedSize;        /* bytes filled */
  DWORD dwNumEntries;      /* groups logged into (0 = no agent logged in) */
  DWORD dwGroupListSize;   /* bytes of array of LINEAGENTGROUPENTRY */
  DWORD dwGroupListOffset; /* offset of array of LINEAGENTGROUPENTRY */
  DWORD dwState;           /* LINEAGENTSTATE_ now */
  DWORD dwNextState;       /* LINEAGENTSTATE_ taken when the current call ends */
  DWORD dwActivityID;      /* current activity */
  DWORD dwActivitySize;    /* bytes of current activity name */
  DWORD dwActivityOffset;  /* offset of current activity name */
  DWORD dwAgentFeatures;   /* LINEAGENTFEATURE_ possible now */
  DWORD dwValidStates;     /* LINEAGENTSTATE_ selectable now */
  DWORD dwValidNextStates; /* LINEAGENTSTATE_ selectable as next now */
} LINEAGENTSTATUS, *LPLINEAGENTSTATUS;

/* One application that has the line open [since 2.0; filled by: TAPI] */
typedef struct lineappinfo_tag {
  DWORD dwMachineNameSize;      /* bytes of computer name (offset from LINEDEVSTATUS) */
  DWORD dwMachineNameOffset;    /* offset of computer name (offset from LINEDEVSTATUS) */
  DWORD dwUserNameSize;         /* bytes of user account (offset from LINEDEVSTATUS) */
  DWORD dwUserNameOffset;       /* offset of user account (offset from LINEDEVSTATUS) */
  DWORD dwModuleFilenameSize;   /* bytes of module file name, usable in lineHandoff (offset from
                                 * LINEDEVSTATUS) */
  DWORD dwModuleFilenameOffset; /* offset of module file name, usable in lineHandoff (offset from
                                 * LINEDEVSTATUS) */
  DWORD dwFriendlyNameSize;     /* bytes of display name given at initialisation (offset from
                                 * LINEDEVSTATUS) */
  DWORD dwFriendlyNameOffset;   /* offset of display name given at initialisation (offset from
                                 * LINEDEVSTATUS) */
  DWORD dwMediaModes;           /* media modes it wants to own (0 without OWNER) */
  DWORD dwAddressID;            /* address of a SINGLEADDRESS open, else 0xFFFFFFFF */
} LINEAPPINFO, *LPLINEAPPINFO;

/* One agent [since 2.2; filled by: proxy] */
typedef struct lineagententry_tag {
  HAGENT hAgent;      /* agent handle (made by the handler) */
  DWORD dwNameSize;   /* bytes of agent name = user name */
  DWORD dwNameOffset; /* offset of agent name = user name */
  DWORD dwIDSize;     /* bytes of agent id for legacy ACDs */
  DWORD dwIDOffset;   /* offset of agent id for legacy ACDs */
  DWORD dwPINSize;    /* bytes of PIN for legacy ACDs */
  DWORD dwPINOffset;  /* offset of PIN for legacy ACDs */
} LINEAGENTENTRY, *LPLINEAGENTENTRY;

/* Agents [since 2.2; filled by: proxy] */
typedef struct lineagentlist_tag {
  DWORD dwTotalSize;  /* bytes allocated, set by the caller */
  DWORD dwNeededSize; /* bytes needed for everything */
  DWORD dwUsedSize;   /* bytes filled */
  DWORD dwNumEntries; /* entries */
  DWORD dwListSize;   /* bytes of array of LINEAGENTENTRY */
  DWORD dwListOffset; /* offset of array of LINEAGENTENTRY */
} LINEAGENTLIST, *LPLINEAGENTLIST;

/* Agent statistics [since 2.2; filled by: proxy] */
typedef struct lineagentinfo_tag {
  DWORD dwTotalSize;             /* bytes allocated, set by the caller */
  DWORD dwNeededSize;            /* bytes needed for everything */
  DWORD dwUsedSize;              /* bytes filled */
  DWORD dwAgentState;            /* LINEAGENTSTATEEX_ */
  DWORD dwNextAgentState;        /* LINEAGENTSTATEEX_ taken next */
  DWORD dwMeasurementPeriod;     /* seconds over which the values are counted */
  CURRENCY cyOverallCallRate;    /* calls per agent hour over all sessions (CURRENCY, value x 10000) */
  DWORD dwNumberOfACDCalls;      /* ACD calls handled over all sessions */
  DWORD dwNumberOfIncomingCalls; /* incoming non-ACD calls handled */
  DWORD dwNumberOfOutgoingCalls; /* outgoing non-ACD calls handled */
  DWORD dwTotalACDTalkTime;      /* seconds of talking in ACD calls */
  DWORD dwTotalACDCallTime;      /* seconds on ACD calls incl. wrap-up */
  DWORD dwTotalACDWrapUpTime;    /* seconds of wrap-up after ACD calls */
} LINEAGENTINFO, *LPLINEAGENTINFO;

/* One agent session [since 2.2; filled by: proxy] */
typedef struct lineagentsession_tag {
  HAGENTSESSION hAgentSession; /* session handle (made by the handler) */
  HAGENT hAgent;               /* agent handle */
  GUID GroupID;                /* ACD group of the session */
  DWORD dwWorkingAddressID;    /* address on which the agent works in this session */
} LINEAGENTSESSIONENTRY, *LPLINEAGENTSESSIONENTRY;

/* Sessions [since 2.2; filled by: proxy] */
typedef struct lineagentsessionlist_tag {
  DWORD dwTotalSize;  /* bytes allocated, set by the caller */
  DWORD dwNeededSize; /* bytes needed for everything */
  DWORD dwUsedSize;   /* bytes filled */
  DWORD dwNumEntries; /* entries */
  DWORD dwListSize;   /* bytes of array of LINEAGENTSESSIONENTRY */
  DWORD dwListOffset; /* offset of array of LINEAGENTSESSIONENTRY */
} LINEAGENTSESSIONLIST, *LPLINEAGENTSESSIONLIST;

/* Session statistics [since 2.2; filled by: proxy] */
typedef struct lineagentsessioninfo_tag {
  DWORD dwTotalSize;             /* bytes allocated, set by the caller */
  DWORD dwNeededSize;            /* bytes needed for everything */
  DWORD dwUsedSize;              /* bytes filled */
  DWORD dwAgentSessionState;     /* LINEAGENTSESSIONSTATE_ */
  DWORD dwNextAgentSessionState; /* LINEAGENTSESSIONSTATE_ taken next */
  DATE dateSessionStartTime;     /* creation time (OLE DATE: days since 1899-12-30) */
  DWORD dwSessionDuration;       /* seconds the session has been active (stops at ENDED) */
  DWORD dwNumberOfCalls;         /* ACD calls handled in the session */
  DWORD dwTotalTalkTime;         /* seconds talking in ACD calls */
  DWORD dwAverageTalkTime;       /* mean seconds talking per ACD call */
  DWORD dwTotalCallTime;         /* seconds on ACD calls incl. wrap-up */
  DWORD dwAverageCallTime;       /* mean seconds per ACD call incl. wrap-up */
  DWORD dwTotalWrapUpTime;       /* seconds of wrap-up */
  DWORD dwAverageWrapUpTime;     /* mean seconds of wrap-up per ACD call */
  CURRENCY cyACDCallRate;        /* ACD calls per agent hour in the session (CURRENCY, value x 10000) */
  DWORD dwLongestTimeToAnswer;   /* longest wait of a call before it was answered, seconds */
  DWORD dwAverageTimeToAnswer;   /* mean wait before answer, seconds */
} LINEAGENTSESSIONINFO, *LPLINEAGENTSESSIONINFO;

/* One queue [since 2.2; filled by: proxy] */
typedef struct linequeueentry_tag {
  DWORD dwQueueID;    /* queue id, kept unique by the handler */
  DWORD dwNameSize;   /* bytes of queue name */
  DWORD dwNameOffset; /* offset of queue name */
} LINEQUEUEENTRY, *LPLINEQUEUEENTRY;

/* Queues [since 2.2; filled by: proxy] */
typedef struct linequeuelist_tag {
  DWORD dwTotalSize;  /* bytes allocated, set by the caller */
  DWORD dwNeededSize; /* bytes needed for everything */
  DWORD dwUsedSize;   /* bytes filled */
  DWORD dwNumEntries; /* entries */
  DWORD dwListSize;   /* bytes of array of LINEQUEUEENTRY */
  DWORD dwListOffset; /* offset of array of LINEQUEUEENTRY */
} LINEQUEUELIST, *LPLINEQUEUELIST;

/* Queue statistics [since 2.2; filled by: proxy] */
typedef struct linequeueinfo_tag {
  DWORD dwTotalSize;              /* bytes allocated, set by the caller */
  DWORD dwNeededSize;             /* bytes needed for everything */
  DWORD dwUsedSize;               /* bytes filled */
  DWORD dwMeasurementPeriod;      /* seconds over which the values are counted */
  DWORD dwTotalCallsQueued;       /* calls that came into the queue in the period */
  DWORD dwCurrentCallsQueued;     /* calls waiting now */
  DWORD dwTotalCallsAbandoned;    /* calls given up in the period */
  DWORD dwTotalCallsFlowedIn;     /* calls received from another queue or group in the period */
  DWORD dwTotalCallsFlowedOut;    /* calls passed to another queue or group in the period */
  DWORD dwLongestEverWaitTime;    /* longest wait of any call, seconds */
  DWORD dwCurrentLongestWaitTime; /* longest wait among calls waiting now, seconds */
  DWORD dwAverageWaitTime;        /* mean wait, seconds */
  DWORD dwFinalDisposition;       /* calls that reached the end of their call guide in the period (wording
                                   * of the ITQueue page; structure page only says final disposition) */
} LINEQUEUEINFO, *LPLINEQUEUEINFO;

/* Proxy types available on a line [since 2.2; filled by: TAPI] */
typedef struct lineproxyrequestlist_tag {
  DWORD dwTotalSize;  /* bytes allocated, set by the caller */
  DWORD dwNeededSize; /* bytes needed for everything */
  DWORD dwUsedSize;   /* bytes filled */
  DWORD dwNumEntries; /* entries */
  DWORD dwListSize;   /* bytes of array of DWORD LINEPROXYREQUEST_ */
  DWORD dwListOffset; /* offset of array of DWORD LINEPROXYREQUEST_ */
} LINEPROXYREQUESTLIST, *LPLINEPROXYREQUESTLIST;

/* Call hub tracking support [since 2.2; filled by: TSP] */
typedef struct linecallhubtrackinginfo_tag {
  DWORD dwTotalSize;         /* bytes allocated, set by the caller */
  DWORD dwNeededSize;        /* bytes needed for everything */
  DWORD dwUsedSize;          /* bytes filled */
  DWORD dwAvailableTracking; /* LINECALLHUBTRACKING_ supported */
  DWORD dwCurrentTracking;   /* LINECALLHUBTRACKING_ in effect */
} LINECALLHUBTRACKINGINFO, *LPLINECALLHUBTRACKINGINFO;

/* Dial timing (0 = default; out of range values are moved to the nearest limit) [filled by: app / TSP] */
typedef struct linedialparams_tag {
  DWORD dwDialPause;       /* ms for a comma */
  DWORD dwDialSpeed;       /* ms between digits */
  DWORD dwDigitDuration;   /* ms of a DTMF digit */
  DWORD dwWaitForDialtone; /* ms to wait for dial tone at W */
} LINEDIALPARAMS, *LPLINEDIALPARAMS;

/*
 * Mostly fixed information of a call [fixed part 296 bytes at 1.3, 324 bytes at 2.0, 344 bytes at 3.0; filled
 * by: TSP + TAPI]
 */
typedef struct linecallinfo_tag {
  DWORD dwTotalSize;                /* bytes allocated, set by the caller */
  DWORD dwNeededSize;               /* bytes needed for everything */
  DWORD dwUsedSize;                 /* bytes filled */
  HLINE hLine;                      /* application line handle of the call (TAPI) */
  DWORD dwLineDeviceID;             /* line device id */
  DWORD dwAddressID;                /* address id */
  DWORD dwBearerMode;               /* LINEBEARERMODE_ */
  DWORD dwRate;                     /* bits per second */
  DWORD dwMediaMode;                /* LINEMEDIAMODE_ as set by the owner, not by detection */
  DWORD dwAppSpecific;              /* application value (lineSetAppSpecific) */
  DWORD dwCallID;                   /* switch-wide call id (scope defined by the provider) */
  DWORD dwRelatedCallID;            /* id of a related call */
  DWORD dwCallParamFlags;           /* LINECALLPARAMFLAGS_ of an outgoing call */
  DWORD dwCallStates;               /* LINECALLSTATE_ that can be reported for this call; constant over its
                                     * life; TAPI ORs in UNKNOWN */
  DWORD dwMonitorDigitModes;        /* digit modes being monitored (TAPI) */
  DWORD dwMonitorMediaModes;        /* media modes being monitored (TAPI) */
  LINEDIALPARAMS DialParams;        /* dial timing in effect */
  DWORD dwOrigin;                   /* LINECALLORIGIN_ */
  DWORD dwReason;                   /* LINECALLREASON_ */
  DWORD dwCompletionID;             /* completion id, if reason is CALLCOMPLETION */
  DWORD dwNumOwners;                /* owner handles (TAPI) */
  DWORD dwNumMonitors;              /* monitor handles (TAPI) */
  DWORD dwCountryCode;              /* country code of the destination (0 unknown) */
  DWORD dwTrunk;                    /* trunk number (0xFFFFFFFF unknown) */
  DWORD dwCallerIDFlags;            /* LINECALLPARTYID_ of the caller */
  DWORD dwCallerIDSize;             /* bytes of caller number */
  DWORD dwCallerIDOffset;           /* offset of caller number */
  DWORD dwCallerIDNameSize;         /* bytes of caller name */
  DWORD dwCallerIDNameOffset;       /* offset of caller name */
  DWORD dwCalledIDFlags;            /* LINECALLPARTYID_ of the called party */
  DWORD dwCalledIDSize;             /* bytes of number originally called */
  DWORD dwCalledIDOffset;           /* offset of number originally called */
  DWORD dwCalledIDNameSize;         /* bytes of name originally called */
  DWORD dwCalledIDNameOffset;       /* offset of name originally called */
  DWORD dwConnectedIDFlags;         /* LINECALLPARTYID_ of the connected party */
  DWORD dwConnectedIDSize;          /* bytes of number really connected */
  DWORD dwConnectedIDOffset;        /* offset of number really connected */
  DWORD dwConnectedIDNameSize;      /* bytes of name really connected */
  DWORD dwConnectedIDNameOffset;    /* offset of name really connected */
  DWORD dwRedirectionIDFlags;       /* LINECALLPARTYID_ of the new destination */
  DWORD dwRedirectionIDSize;        /* bytes of number the call was sent on to */
  DWORD dwRedirectionIDOffset;      /* offset of number the call was sent on to */
  DWORD dwRedirectionIDNameSize;    /* bytes of name the call was sent on to */
  DWORD dwRedirectionIDNameOffset;  /* offset of name the call was sent on to */
  DWORD dwRedirectingIDFlags;       /* LINECALLPARTYID_ of the redirecting party */
  DWORD dwRedirectingIDSize;        /* bytes of number that redirected the call */
  DWORD dwRedirectingIDOffset;      /* offset of number that redirected the call */
  DWORD dwRedirectingIDNameSize;    /* bytes of name that redirected the call */
  DWORD dwRedirectingIDNameOffset;  /* offset of name that redirected the call */
  DWORD dwAppNameSize;              /* bytes of friendly name of the app that first made / accepted /
                                     * answered (TAPI) */
  DWORD dwAppNameOffset;            /* offset of friendly name of the app that first made / accepted /
                                     * answered (TAPI) */
  DWORD dwDisplayableAddressSize;   /* bytes of displayable number for logs, from LINECALLPARAMS (TAPI) */
  DWORD dwDisplayableAddressOffset; /* offset of displayable number for logs, from LINECALLPARAMS (TAPI) */
  DWORD dwCalledPartySize;          /* bytes of called party description, from LINECALLPARAMS (TAPI) */
  DWORD dwCalledPartyOffset;        /* offset of called party description, from LINECALLPARAMS (TAPI) */
  DWORD dwCommentSize;              /* bytes of comment, from LINECALLPARAMS (TAPI) */
  DWORD dwCommentOffset;            /* offset of comment, from LINECALLPARAMS (TAPI) */
  DWORD dwDisplaySize;              /* bytes of raw display text from the switch */
  DWORD dwDisplayOffset;            /* offset of raw display text from the switch */
  DWORD dwUserUserInfoSize;         /* bytes of user-user info received (protocol discriminator first) */
  DWORD dwUserUserInfoOffset;       /* offset of user-user info received (protocol discriminator first) */
  DWORD dwHighLevelCompSize;        /* bytes of ISDN high-layer compatibility */
  DWORD dwHighLevelCompOffset;      /* offset of ISDN high-layer compatibility */
  DWORD dwLowLevelCompSize;         /* bytes of ISDN low-layer compatibility */
  DWORD dwLowLevelCompOffset;       /* offset of ISDN low-layer compatibility */
  DWORD dwChargingInfoSize;         /* bytes of ISDN charging info */
  DWORD dwChargingInfoOffset;       /* offset of ISDN charging info */
  DWORD dwTerminalModesSize;        /* bytes of array of LINETERMMODE_ per terminal id */
  DWORD dwTerminalModesOffset;      /* offset of array of LINETERMMODE_ per terminal id */
  DWORD dwDevSpecificSize;          /* bytes of provider extension data */
  DWORD dwDevSpecificOffset;        /* offset of provider extension data */
  DWORD dwCallTreatment;            /* LINECALLTREATMENT_ or provider value now or next applied (2.0) */
  DWORD dwCallDataSize;             /* bytes of data attached with lineSetCallData (2.0) */
  DWORD dwCallDataOffset;           /* offset of data attached with lineSetCallData (2.0) */
  DWORD dwSendingFlowspecSize;      /* bytes of FLOWSPEC + provider data, sending direction (2.0) */
  DWORD dwSendingFlowspecOffset;    /* offset of FLOWSPEC + provider data, sending direction (2.0) */
  DWORD dwReceivingFlowspecSize;    /* bytes of FLOWSPEC + provider data, receiving direction (2.0) */
  DWORD dwReceivingFlowspecOffset;  /* offset of FLOWSPEC + provider data, receiving direction (2.0) */
  DWORD dwCallerIDAddressType;      /* LINEADDRESSTYPE_ of the caller id (3.0) */
  DWORD dwCalledIDAddressType;      /* LINEADDRESSTYPE_ of the called id (3.0) */
  DWORD dwConnectedIDAddressType;   /* LINEADDRESSTYPE_ of the connected id (3.0) */
  DWORD dwRedirectionIDAddressType; /* LINEADDRESSTYPE_ of the redirection id (3.0) */
  DWORD dwRedirectingIDAddressType; /* LINEADDRESSTYPE_ of the redirecting id (3.0) */
} LINECALLINFO, *LPLINECALLINFO;

/* List of call handles [filled by: TAPI] */
typedef struct linecalllist_tag {
  DWORD dwTotalSize;       /* bytes allocated, set by the caller */
  DWORD dwNeededSize;      /* bytes needed for everything */
  DWORD dwUsedSize;        /* bytes filled */
  DWORD dwCallsNumEntries; /* handles */
  DWORD dwCallsSize;       /* bytes of array of HCALL */
  DWORD dwCallsOffset;     /* offset of array of HCALL */
} LINECALLLIST, *LPLINECALLLIST;

/*
 * Call set-up parameters (also selection criteria / options of lineOpen) [fixed part 112 bytes at 1.3, 176
 * bytes at 2.0, 180 bytes at 3.0; filled by: app]
 */
typedef struct linecallparams_tag {
  DWORD dwTotalSize;                    /* bytes allocated, set by the caller */
  DWORD dwBearerMode;                   /* LINEBEARERMODE_ (0 = VOICE) */
  DWORD dwMinRate;                      /* lowest bit rate wanted */
  DWORD dwMaxRate;                      /* highest bit rate wanted (0 = device maximum) */
  DWORD dwMediaMode;                    /* LINEMEDIAMODE_ (0 = INTERACTIVEVOICE) */
  DWORD dwCallParamFlags;               /* LINECALLPARAMFLAGS_ */
  DWORD dwAddressMode;                  /* LINEADDRESSMODE_ of the origin */
  DWORD dwAddressID;                    /* origin address id */
  LINEDIALPARAMS DialParams;            /* dial timing (0 fields = default) */
  DWORD dwOrigAddressSize;              /* bytes of origin address */
  DWORD dwOrigAddressOffset;            /* offset of origin address */
  DWORD dwDisplayableAddressSize;       /* bytes of displayable number for logs */
  DWORD dwDisplayableAddressOffset;     /* offset of displayable number for logs */
  DWORD dwCalledPartySize;              /* bytes of called party description */
  DWORD dwCalledPartyOffset;            /* offset of called party description */
  DWORD dwCommentSize;                  /* bytes of comment */
  DWORD dwCommentOffset;                /* offset of comment */
  DWORD dwUserUserInfoSize;             /* bytes of user-user info */
  DWORD dwUserUserInfoOffset;           /* offset of user-user info */
  DWORD dwHighLevelCompSize;            /* bytes of ISDN high-layer compatibility */
  DWORD dwHighLevelCompOffset;          /* offset of ISDN high-layer compatibility */
  DWORD dwLowLevelCompSize;             /* bytes of ISDN low-layer compatibility */
  DWORD dwLowLevelCompOffset;           /* offset of ISDN low-layer compatibility */
  DWORD dwDevSpecificSize;              /* bytes of provider data; in lineOpen with LINEOPENOPTION_PROXY:
                                         * array of LINEPROXYREQUEST_ DWORDs */
  DWORD dwDevSpecificOffset;            /* offset of provider data; in lineOpen with LINEOPENOPTION_PROXY:
                                         * array of LINEPROXYREQUEST_ DWORDs */
  DWORD dwPredictiveAutoTransferStates; /* call states on which to blind-transfer to the target (0 = no
                                         * automatic transfer) (2.0) */
  DWORD dwTargetAddressSize;            /* bytes of target for predictive transfer / no-hold conference /
                                         * one-step transfer (2.0) */
  DWORD dwTargetAddressOffset;          /* offset of target for predictive transfer / no-hold conference /
                                         * one-step transfer (2.0) */
  DWORD dwSendingFlowspecSize;          /* bytes of FLOWSPEC + provider data, sending direction (2.0) */
  DWORD dwSendingFlowspecOffset;        /* offset of FLOWSPEC + provider data, sending direction (2.0) */
  DWORD dwReceivingFlowspecSize;        /* bytes of FLOWSPEC + provider data, receiving direction (2.0) */
  DWORD dwReceivingFlowspecOffset;      /* offset of FLOWSPEC + provider data, receiving direction (2.0) */
  DWORD dwDeviceClassSize;              /* bytes of device class of DeviceConfig (2.0) */
  DWORD dwDeviceClassOffset;            /* offset of device class of DeviceConfig (2.0) */
  DWORD dwDeviceConfigSize;             /* bytes of opaque configuration blob to apply before dialling
                                         * (2.0) */
  DWORD dwDeviceConfigOffset;           /* offset of opaque configuration blob to apply before dialling
                                         * (2.0) */
  DWORD dwCallDataSize;                 /* bytes of initial call data (2.0) */
  DWORD dwCallDataOffset;               /* offset of initial call data (2.0) */
  DWORD dwNoAnswerTimeout;              /* seconds after dialling in proceeding/ringback before the
                                         * provider gives up (disconnected, NOANSWER; 0 = never) (2.0) */
  DWORD dwCallingPartyIDSize;           /* bytes of caller identity to present (2.0) */
  DWORD dwCallingPartyIDOffset;         /* offset of caller identity to present (2.0) */
  DWORD dwAddressType;                  /* LINEADDRESSTYPE_ of the destination (3.0) */
} LINECALLPARAMS, *LPLINECALLPARAMS;

/* Changing status of a call [fixed part 36 bytes at 1.3, 56 bytes at 2.0; filled by: TSP + TAPI] */
typedef struct linecallstatus_tag {
  DWORD dwTotalSize;          /* bytes allocated, set by the caller */
  DWORD dwNeededSize;         /* bytes needed for everything */
  DWORD dwUsedSize;           /* bytes filled */
  DWORD dwCallState;          /* LINECALLSTATE_ */
  DWORD dwCallStateMode;      /* mode value belonging to the state, else 0 */
  DWORD dwCallPrivilege;      /* LINECALLPRIVILEGE_ of the asking application (TAPI) */
  DWORD dwCallFeatures;       /* LINECALLFEATURE_ possible now for this owner */
  DWORD dwDevSpecificSize;    /* bytes of provider extension data */
  DWORD dwDevSpecificOffset;  /* offset of provider extension data */
  DWORD dwCallFeatures2;      /* LINECALLFEATURE2_ possible now (2.0) */
  SYSTEMTIME tStateEntryTime; /* UTC time the state was entered (SYSTEMTIME) (2.0) */
} LINECALLSTATUS, *LPLINECALLSTATUS;

/* One call treatment [since 2.0; filled by: TSP] */
typedef struct linecalltreatmententry_tag {
  DWORD dwCallTreatmentID;         /* LINECALLTREATMENT_ or provider value */
  DWORD dwCallTreatmentNameSize;   /* bytes of treatment name (offset from LINEADDRESSCAPS) */
  DWORD dwCallTreatmentNameOffset; /* offset of treatment name (offset from LINEADDRESSCAPS) */
} LINECALLTREATMENTENTRY, *LPLINECALLTREATMENTENTRY;

/*
 * One calling card (offsets from LINETRANSLATECAPS) [fixed part 12 bytes at 1.3, 44 bytes at 1.4; filled by:
 * TAPI]
 */
typedef struct linecardentry_tag {
  DWORD dwPermanentCardID;         /* card id */
  DWORD dwCardNameSize;            /* bytes of card name */
  DWORD dwCardNameOffset;          /* offset of card name */
  DWORD dwCardNumberDigits;        /* number of digits of the hidden card number (1.4) */
  DWORD dwSameAreaRuleSize;        /* bytes of rule for the same area (1.4) */
  DWORD dwSameAreaRuleOffset;      /* offset of rule for the same area (1.4) */
  DWORD dwLongDistanceRuleSize;    /* bytes of rule for other areas (1.4) */
  DWORD dwLongDistanceRuleOffset;  /* offset of rule for other areas (1.4) */
  DWORD dwInternationalRuleSize;   /* bytes of rule for other countries (1.4) */
  DWORD dwInternationalRuleOffset; /* offset of rule for other countries (1.4) */
  DWORD dwOptions;                 /* LINECARDOPTION_ (1.4) */
} LINECARDENTRY, *LPLINECARDENTRY;

/* One country (offsets from LINECOUNTRYLIST) [since 1.4; filled by: TAPI] */
typedef struct linecountryentry_tag {
  DWORD dwCountryID;               /* list id (not for display) */
  DWORD dwCountryCode;             /* dialling country code */
  DWORD dwNextCountryID;           /* id of the next entry (0 = end) */
  DWORD dwCountryNameSize;         /* bytes of country name */
  DWORD dwCountryNameOffset;       /* offset of country name */
  DWORD dwSameAreaRuleSize;        /* bytes of rule for the same area */
  DWORD dwSameAreaRuleOffset;      /* offset of rule for the same area */
  DWORD dwLongDistanceRuleSize;    /* bytes of rule for other areas */
  DWORD dwLongDistanceRuleOffset;  /* offset of rule for other areas */
  DWORD dwInternationalRuleSize;   /* bytes of rule for international calls */
  DWORD dwInternationalRuleOffset; /* offset of rule for international calls */
} LINECOUNTRYENTRY, *LPLINECOUNTRYENTRY;

/* Countries [since 1.4; filled by: TAPI] */
typedef struct linecountrylist_tag {
  DWORD dwTotalSize;         /* bytes allocated, set by the caller */
  DWORD dwNeededSize;        /* bytes needed for everything */
  DWORD dwUsedSize;          /* bytes filled */
  DWORD dwNumCountries;      /* entries */
  DWORD dwCountryListSize;   /* bytes of array of LINECOUNTRYENTRY */
  DWORD dwCountryListOffset; /* offset of array of LINECOUNTRYENTRY */
} LINECOUNTRYLIST, *LPLINECOUNTRYLIST;

/*
 * Capabilities of a line device [fixed part 236 bytes at 1.3, 240 bytes at 1.4, 252 bytes at 2.0, 268 bytes
 * at 2.2, 292 bytes at 3.0; filled by: TSP]
 */
typedef struct linedevcaps_tag {
  DWORD dwTotalSize;                  /* bytes allocated, set by the caller */
  DWORD dwNeededSize;                 /* bytes needed for everything */
  DWORD dwUsedSize;                   /* bytes filled */
  DWORD dwProviderInfoSize;           /* bytes of provider hardware / software text */
  DWORD dwProviderInfoOffset;         /* offset of provider hardware / software text */
  DWORD dwSwitchInfoSize;             /* bytes of switch text */
  DWORD dwSwitchInfoOffset;           /* offset of switch text */
  DWORD dwPermanentLineID;            /* id that survives reconfiguration */
  DWORD dwLineNameSize;               /* bytes of user-visible line name */
  DWORD dwLineNameOffset;             /* offset of user-visible line name */
  DWORD dwStringFormat;               /* STRINGFORMAT_ of the strings */
  DWORD dwAddressModes;               /* LINEADDRESSMODE_ usable for origin addresses */
  DWORD dwNumAddresses;               /* addresses (ids 0..n-1) */
  DWORD dwBearerModes;                /* LINEBEARERMODE_ */
  DWORD dwMaxRate;                    /* highest bit rate */
  DWORD dwMediaModes;                 /* LINEMEDIAMODE_ */
  DWORD dwGenerateToneModes;          /* LINETONEMODE_ that can be generated */
  DWORD dwGenerateToneMaxNumFreq;     /* most frequencies in a custom tone (0 = none) */
  DWORD dwGenerateDigitModes;         /* LINEDIGITMODE_ that can be generated */
  DWORD dwMonitorToneMaxNumFreq;      /* most frequencies in a monitored tone (0 = none) */
  DWORD dwMonitorToneMaxNumEntries;   /* most tones in a monitor list */
  DWORD dwMonitorDigitModes;          /* LINEDIGITMODE_ that can be detected */
  DWORD dwGatherDigitsMinTimeout;     /* smallest digit timeout in ms (both 0 = no timeouts) */
  DWORD dwGatherDigitsMaxTimeout;     /* largest digit timeout in ms */
  DWORD dwMedCtlDigitMaxListSize;     /* most digit rules for media control */
  DWORD dwMedCtlMediaMaxListSize;     /* most media rules */
  DWORD dwMedCtlToneMaxListSize;      /* most tone rules */
  DWORD dwMedCtlCallStateMaxListSize; /* most call state rules */
  DWORD dwDevCapFlags;                /* LINEDEVCAPFLAGS_ */
  DWORD dwMaxNumActiveCalls;          /* most simultaneous active calls at minimum bandwidth */
  DWORD dwAnswerMode;                 /* LINEANSWERMODE_: effect of answering on the active call */
  DWORD dwRingModes;                  /* number of ring modes reported (0 = no ring) */
  DWORD dwLineStates;                 /* LINEDEVSTATE_ bits that can be reported; TAPI ORs in OPEN, CLOSE,
                                       * REINIT, TRANSLATECHANGE */
  DWORD dwUUIAcceptSize;              /* most user-user bytes at accept */
  DWORD dwUUIAnswerSize;              /* most user-user bytes at answer */
  DWORD dwUUIMakeCallSize;            /* most user-user bytes at make call */
  DWORD dwUUIDropSize;                /* most user-user bytes at drop */
  DWORD dwUUISendUserUserInfoSize;    /* most user-user bytes sent separately */
  DWORD dwUUICallInfoSize;            /* most user-user bytes received */
  LINEDIALPARAMS MinDialParams;       /* lower dial timing limits */
  LINEDIALPARAMS MaxDialParams;       /* upper dial timing limits */
  LINEDIALPARAMS DefaultDialParams;   /* default dial timing */
  DWORD dwNumTerminals;               /* terminals (ids 0..n-1) */
  DWORD dwTerminalCapsSize;           /* bytes of array of LINETERMCAPS */
  DWORD dwTerminalCapsOffset;         /* offset of array of LINETERMCAPS */
  DWORD dwTerminalTextEntrySize;      /* bytes of one terminal text slot */
  DWORD dwTerminalTextSize;           /* bytes of array of terminal texts (fixed slots) */
  DWORD dwTerminalTextOffset;         /* offset of array of terminal texts (fixed slots) */
  DWORD dwDevSpecificSize;            /* bytes of provider extension data */
  DWORD dwDevSpecificOffset;          /* offset of provider extension data */
  DWORD dwLineFeatures;               /* LINEFEATURE_ that may ever be possible (1.4) */
  DWORD dwSettableDevStatus;          /* LINEDEVSTATUSFLAGS_ settable with lineSetLineDevStatus (2.0) */
  DWORD dwDeviceClassesSize;          /* bytes of NUL-separated, double-NUL-ended device class names (2.0) */
  DWORD dwDeviceClassesOffset;        /* offset of NUL-separated, double-NUL-ended device class names (2.0) */
  GUID PermanentLineGuid;             /* permanent GUID of the line (2.2) */
  DWORD dwAddressTypes;               /* LINEADDRESSTYPE_ supported (3.0) */
  GUID ProtocolGuid;                  /* TAPIPROTOCOL_ GUID (3.0) */
  DWORD dwAvailableTracking;          /* LINECALLHUBTRACKING_ supported (3.0) */
} LINEDEVCAPS, *LPLINEDEVCAPS;

/* Current status of an open line [fixed part 76 bytes at 1.3, 88 bytes at 2.0; filled by: TSP + TAPI] */
typedef struct linedevstatus_tag {
  DWORD dwTotalSize;           /* bytes allocated, set by the caller */
  DWORD dwNeededSize;          /* bytes needed for everything */
  DWORD dwUsedSize;            /* bytes filled */
  DWORD dwNumOpens;            /* opens of the device (TAPI) */
  DWORD dwOpenMediaModes;      /* media modes it is open for (TAPI) */
  DWORD dwNumActiveCalls;      /* calls not idle and not held */
  DWORD dwNumOnHoldCalls;      /* calls in onHold */
  DWORD dwNumOnHoldPendCalls;  /* calls on hold pending */
  DWORD dwLineFeatures;        /* LINEFEATURE_ possible now */
  DWORD dwNumCallCompletions;  /* outstanding completion requests */
  DWORD dwRingMode;            /* current ring mode */
  DWORD dwSignalLevel;         /* 0 weakest .. 0xFFFF strongest */
  DWORD dwBatteryLevel;        /* 0 empty .. 0xFFFF full */
  DWORD dwRoamMode;            /* LINEROAMMODE_ */
  DWORD dwDevStatusFlags;      /* LINEDEVSTATUSFLAGS_ */
  DWORD dwTerminalModesSize;   /* bytes of array of LINETERMMODE_ per terminal id */
  DWORD dwTerminalModesOffset; /* offset of array of LINETERMMODE_ per terminal id */
  DWORD dwDevSpecificSize;     /* bytes of provider extension data */
  DWORD dwDevSpecificOffset;   /* offset of provider extension data */
  DWORD dwAvailableMediaModes; /* media modes possible on new calls (0 = not known) (2.0) */
  DWORD dwAppInfoSize;         /* bytes of array of LINEAPPINFO, dwNumOpens entries (TAPI) (2.0) */
  DWORD dwAppInfoOffset;       /* offset of array of LINEAPPINFO, dwNumOpens entries (TAPI) (2.0) */
} LINEDEVSTATUS, *LPLINEDEVSTATUS;

/* Extension id (all zero = none) [filled by: TSP] */
typedef struct lineextensionid_tag {
  DWORD dwExtensionID0; /* part 0 */
  DWORD dwExtensionID1; /* part 1 */
  DWORD dwExtensionID2; /* part 2 */
  DWORD dwExtensionID3; /* part 3 */
} LINEEXTENSIONID, *LPLINEEXTENSIONID;

/* One forwarding instruction [fixed part 24 bytes at 1.3, 32 bytes at 3.1; filled by: app / TSP] */
typedef struct lineforward_tag {
  DWORD dwForwardMode;         /* LINEFORWARDMODE_ */
  DWORD dwCallerAddressSize;   /* bytes of caller address for selective forwarding */
  DWORD dwCallerAddressOffset; /* offset of caller address for selective forwarding */
  DWORD dwDestCountryCode;     /* country code of the destination */
  DWORD dwDestAddressSize;     /* bytes of destination (size 0 / NULL = do not disturb) */
  DWORD dwDestAddressOffset;   /* offset of destination (size 0 / NULL = do not disturb) */
  DWORD dwCallerAddressType;   /* LINEADDRESSTYPE_ of the caller address (3.1) */
  DWORD dwDestAddressType;     /* LINEADDRESSTYPE_ of the destination (3.1) */
} LINEFORWARD, *LPLINEFORWARD;

/* Forward list [filled by: app] */
typedef struct lineforwardlist_tag {
  DWORD dwTotalSize;          /* bytes allocated, set by the caller */
  DWORD dwNumEntries;         /* entries (0 = cancel all) */
  LINEFORWARD ForwardList[1]; /* array of LINEFORWARD */
} LINEFORWARDLIST, *LPLINEFORWARDLIST;

/* One component of a custom tone [filled by: app] */
typedef struct linegeneratetone_tag {
  DWORD dwFrequency;  /* Hz */
  DWORD dwCadenceOn;  /* ms on (0 = no tone) */
  DWORD dwCadenceOff; /* ms off (0 = steady) */
  DWORD dwVolume;     /* 0 .. 0xFFFF */
} LINEGENERATETONE, *LPLINEGENERATETONE;

/* Notification choice [since 2.0; filled by: app / TAPI] */
typedef struct lineinitializeexparams_tag {
  DWORD dwTotalSize;  /* bytes allocated, set by the caller */
  DWORD dwNeededSize; /* bytes needed for everything */
  DWORD dwUsedSize;   /* bytes filled */
  DWORD dwOptions;    /* LINEINITIALIZEEXOPTION_ */
  union {
    HANDLE hEvent;          /* event handle made by TAPI (USEEVENT) */
    HANDLE hCompletionPort; /* completion port given by the app (USECOMPLETIONPORT) */
  } Handles;
  DWORD dwCompletionKey; /* completion key given by the app */
} LINEINITIALIZEEXPARAMS, *LPLINEINITIALIZEEXPARAMS;

/*
 * One dialling location (offsets from LINETRANSLATECAPS) [fixed part 28 bytes at 1.3, 68 bytes at 1.4; filled
 * by: TAPI]
 */
typedef struct linelocationentry_tag {
  DWORD dwPermanentLocationID;          /* location id */
  DWORD dwLocationNameSize;             /* bytes of location name (page: size in characters) */
  DWORD dwLocationNameOffset;           /* offset of location name (page: size in characters) */
  DWORD dwCountryCode;                  /* country code */
  DWORD dwCityCodeSize;                 /* bytes of area code (page: size in characters) */
  DWORD dwCityCodeOffset;               /* offset of area code (page: size in characters) */
  DWORD dwPreferredCardID;              /* calling card */
  DWORD dwLocalAccessCodeSize;          /* bytes of prefix for local calls (1.4) */
  DWORD dwLocalAccessCodeOffset;        /* offset of prefix for local calls (1.4) */
  DWORD dwLongDistanceAccessCodeSize;   /* bytes of prefix for long-distance calls (1.4) */
  DWORD dwLongDistanceAccessCodeOffset; /* offset of prefix for long-distance calls (1.4) */
  DWORD dwTollPrefixListSize;           /* bytes of comma-separated toll prefixes (1.4) */
  DWORD dwTollPrefixListOffset;         /* offset of comma-separated toll prefixes (1.4) */
  DWORD dwCountryID;                    /* country list id (1.4) */
  DWORD dwOptions;                      /* LINELOCATIONOPTION_ (1.4) */
  DWORD dwCancelCallWaitingSize;        /* bytes of digits that cancel call waiting (1.4) */
  DWORD dwCancelCallWaitingOffset;      /* offset of digits that cancel call waiting (1.4) */
} LINELOCATIONENTRY, *LPLINELOCATIONENTRY;

/* Media rule: on call state [filled by: app] */
typedef struct linemediacontrolcallstate_tag {
  DWORD dwCallStates;   /* LINECALLSTATE_ triggers */
  DWORD dwMediaControl; /* LINEMEDIACONTROL_ action */
} LINEMEDIACONTROLCALLSTATE, *LPLINEMEDIACONTROLCALLSTATE;

/* Media rule: on digit [filled by: app] */
typedef struct linemediacontroldigit_tag {
  DWORD dwDigit;        /* digit in the low byte */
  DWORD dwDigitModes;   /* LINEDIGITMODE_ */
  DWORD dwMediaControl; /* LINEMEDIACONTROL_ action */
} LINEMEDIACONTROLDIGIT, *LPLINEMEDIACONTROLDIGIT;

/* Media rule: on media type [filled by: app] */
typedef struct linemediacontrolmedia_tag {
  DWORD dwMediaModes;   /* LINEMEDIAMODE_ triggers */
  DWORD dwDuration;     /* ms it must last */
  DWORD dwMediaControl; /* LINEMEDIACONTROL_ action */
} LINEMEDIACONTROLMEDIA, *LPLINEMEDIACONTROLMEDIA;

/* Media rule: on tone [filled by: app] */
typedef struct linemediacontroltone_tag {
  DWORD dwAppSpecific;  /* application tag */
  DWORD dwDuration;     /* ms it must last */
  DWORD dwFrequency1;   /* Hz (all 0 = silence) */
  DWORD dwFrequency2;   /* Hz */
  DWORD dwFrequency3;   /* Hz */
  DWORD dwMediaControl; /* LINEMEDIACONTROL_ action */
} LINEMEDIACONTROLTONE, *LPLINEMEDIACONTROLTONE;

/* Message of lineGetMessage / completion port [since 2.0; filled by: TAPI] */
typedef struct linemessage_tag {
  DWORD hDevice;                /* line or call handle (32 bit) */
  DWORD dwMessageID;            /* LINE_ message */
  DWORD_PTR dwCallbackInstance; /* callback instance */
  DWORD_PTR dwParam1;           /* message parameter 1 */
  DWORD_PTR dwParam2;           /* message parameter 2 */
  DWORD_PTR dwParam3;           /* message parameter 3 */
} LINEMESSAGE, *LPLINEMESSAGE;

/* Tone to watch for [filled by: app] */
typedef struct linemonitortone_tag {
  DWORD dwAppSpecific; /* application tag returned in LINE_MONITORTONE */
  DWORD dwDuration;    /* ms it must last */
  DWORD dwFrequency1;  /* Hz (all 0 = silence) */
  DWORD dwFrequency2;  /* Hz */
  DWORD dwFrequency3;  /* Hz */
} LINEMONITORTONE, *LPLINEMONITORTONE;

/* One provider (offset from LINEPROVIDERLIST) [since 1.4; filled by: TAPI] */
typedef struct lineproviderentry_tag {
  DWORD dwPermanentProviderID;    /* permanent provider id */
  DWORD dwProviderFilenameSize;   /* bytes of provider file name */
  DWORD dwProviderFilenameOffset; /* offset of provider file name */
} LINEPROVIDERENTRY, *LPLINEPROVIDERENTRY;

/* Providers [since 1.4; filled by: TAPI] */
typedef struct lineproviderlist_tag {
  DWORD dwTotalSize;          /* bytes allocated, set by the caller */
  DWORD dwNeededSize;         /* bytes needed for everything */
  DWORD dwUsedSize;           /* bytes filled */
  DWORD dwNumProviders;       /* entries */
  DWORD dwProviderListSize;   /* bytes of array of LINEPROVIDERENTRY */
  DWORD dwProviderListOffset; /* offset of array of LINEPROVIDERENTRY */
} LINEPROVIDERLIST, *LPLINEPROVIDERLIST;

/* Request handed to the agent handler [since 2.0; filled by: TAPI / proxy] */
typedef struct lineproxyrequest_tag {
  DWORD dwSize;                    /* bytes TAPI allocated for the whole structure */
  DWORD dwClientMachineNameSize;   /* bytes of client machine name */
  DWORD dwClientMachineNameOffset; /* offset of client machine name */
  DWORD dwClientUserNameSize;      /* bytes of client user name */
  DWORD dwClientUserNameOffset;    /* offset of client user name */
  DWORD dwClientAppAPIVersion;     /* highest API version of the asking app; answer must not exceed it */
  DWORD dwRequestType;             /* LINEPROXYREQUEST_: selects the union member */
  __extension__ union {
    struct {
      DWORD dwAddressID;            /* address */
      LINEAGENTGROUPLIST GroupList; /* groups (its offsets count from the list itself) */
    } SetAgentGroup;
    struct {
      DWORD dwAddressID;      /* address */
      DWORD dwAgentState;     /* LINEAGENTSTATE_ or 0 */
      DWORD dwNextAgentState; /* LINEAGENTSTATE_ or 0 */
    } SetAgentState;
    struct {
      DWORD dwAddressID;  /* address */
      DWORD dwActivityID; /* activity id */
    } SetAgentActivity;
    struct {
      DWORD dwAddressID;       /* address */
      LINEAGENTCAPS AgentCaps; /* answer buffer, dwTotalSize preset by TAPI */
    } GetAgentCaps;
    struct {
      DWORD dwAddressID;           /* address */
      LINEAGENTSTATUS AgentStatus; /* answer buffer */
    } GetAgentStatus;
    struct {
      DWORD dwAddressID;             /* address */
      DWORD dwAgentExtensionIDIndex; /* extension index */
      DWORD dwSize;                  /* bytes of Params */
      BYTE Params[1];                /* parameter block, in and out */
    } AgentSpecific;
    struct {
      DWORD dwAddressID;                  /* address */
      LINEAGENTACTIVITYLIST ActivityList; /* answer buffer */
    } GetAgentActivityList;
    struct {
      DWORD dwAddressID;            /* address */
      LINEAGENTGROUPLIST GroupList; /* answer buffer */
    } GetAgentGroupList;
    struct { /* (2.2) */
      HAGENT hAgent;          /* answer: new agent handle */
      DWORD dwAgentIDSize;    /* bytes of agent id text (offset from LINEPROXYREQUEST) */
      DWORD dwAgentIDOffset;  /* offset of agent id text (offset from LINEPROXYREQUEST) */
      DWORD dwAgentPINSize;   /* bytes of PIN text (offset from LINEPROXYREQUEST) */
      DWORD dwAgentPINOffset; /* offset of PIN text (offset from LINEPROXYREQUEST) */
    } CreateAgent;
    struct { /* (2.2) */
      HAGENT hAgent;          /* agent */
      DWORD dwAgentState;     /* LINEAGENTSTATEEX_ or 0 */
      DWORD dwNextAgentState; /* LINEAGENTSTATEEX_ or 0 */
    } SetAgentStateEx;
    struct { /* (2.2) */
      HAGENT hAgent;             /* agent */
      DWORD dwMeasurementPeriod; /* seconds */
    } SetAgentMeasurementPeriod;
    struct { /* (2.2) */
      HAGENT hAgent;           /* agent */
      LINEAGENTINFO AgentInfo; /* answer buffer */
    } GetAgentInfo;
    struct { /* (2.2) */
      HAGENTSESSION hAgentSession; /* answer: new session handle */
      DWORD dwAgentPINSize;        /* bytes of PIN text (offset from LINEPROXYREQUEST) */
      DWORD dwAgentPINOffset;      /* offset of PIN text (offset from LINEPROXYREQUEST) */
      HAGENT hAgent;               /* agent */
      GUID GroupID;                /* group */
      DWORD dwWorkingAddressID;    /* working address */
    } CreateAgentSession;
    struct { /* (2.2) */
      HAGENT hAgent;                    /* agent */
      LINEAGENTSESSIONLIST SessionList; /* answer buffer */
    } GetAgentSessionList;
    struct { /* (2.2) */
      HAGENTSESSION hAgentSession;      /* session */
      LINEAGENTSESSIONINFO SessionInfo; /* answer buffer */
    } GetAgentSessionInfo;
    struct { /* (2.2) */
      HAGENTSESSION hAgentSession;   /* session */
      DWORD dwAgentSessionState;     /* LINEAGENTSESSIONSTATE_ or 0 */
      DWORD dwNextAgentSessionState; /* LINEAGENTSESSIONSTATE_ or 0 */
    } SetAgentSessionState;
    struct { /* (2.2) */
      GUID GroupID;            /* group */
      LINEQUEUELIST QueueList; /* answer buffer */
    } GetQueueList;
    struct { /* (2.2) */
      DWORD dwQueueID;           /* queue */
      DWORD dwMeasurementPeriod; /* seconds */
    } SetQueueMeasurementPeriod;
    struct { /* (2.2) */
      DWORD dwQueueID;         /* queue */
      LINEQUEUEINFO QueueInfo; /* answer buffer */
    } GetQueueInfo;
    struct { /* (2.2) */
      LINEAGENTGROUPLIST GroupList; /* answer buffer */
    } GetGroupList;
  };
} LINEPROXYREQUEST, *LPLINEPROXYREQUEST;

/* Assisted request (ANSI; W variant in UTF-16) [filled by: TAPI] */
typedef struct linereqmakecall_tag {
  char szDestAddress[TAPIMAXDESTADDRESSSIZE]; /* number, canonical or dialable */
  char szAppName[TAPIMAXAPPNAMESIZE];         /* requesting application */
  char szCalledParty[TAPIMAXCALLEDPARTYSIZE]; /* called party name */
  char szComment[TAPIMAXCOMMENTSIZE];         /* comment */
} LINEREQMAKECALL, *LPLINEREQMAKECALL;

/* Assisted request (UTF-16) [since 2.0; filled by: TAPI] */
typedef struct linereqmakecallW_tag {
  WCHAR szDestAddress[TAPIMAXDESTADDRESSSIZE]; /* number, canonical or dialable */
  WCHAR szAppName[TAPIMAXAPPNAMESIZE];         /* requesting application */
  WCHAR szCalledParty[TAPIMAXCALLEDPARTYSIZE]; /* called party name */
  WCHAR szComment[TAPIMAXCOMMENTSIZE];         /* comment */
} LINEREQMAKECALLW, *LPLINEREQMAKECALLW;

#ifdef UNICODE
#define LINEREQMAKECALL LINEREQMAKECALLW
#endif

/* Assisted media request, obsolete [filled by: TAPI] */
typedef struct linereqmediacall_tag {
  HWND hWnd;                                    /* window of the requester */
  WPARAM wRequestID;                            /* request id */
  char szDeviceClass[TAPIMAXDEVICECLASSSIZE];   /* device class */
  unsigned char ucDeviceID[TAPIMAXDEVICEIDSIZE]; /* device id bytes */
  DWORD dwSize;                                 /* structure size */
  DWORD dwSecure;                               /* unused */
  char szDestAddress[TAPIMAXDESTADDRESSSIZE];   /* number */
  char szAppName[TAPIMAXAPPNAMESIZE];           /* requesting application */
  char szCalledParty[TAPIMAXCALLEDPARTYSIZE];   /* called party name */
  char szComment[TAPIMAXCOMMENTSIZE];           /* comment */
} LINEREQMEDIACALL, *LPLINEREQMEDIACALL;

/* Assisted media request, obsolete (W form) [since 2.0; filled by: TAPI] */
typedef struct linereqmediacallW_tag {
  HWND hWnd;                                    /* window of the requester */
  WPARAM wRequestID;                            /* request id */
  WCHAR szDeviceClass[TAPIMAXDEVICECLASSSIZE];  /* device class */
  unsigned char ucDeviceID[TAPIMAXDEVICEIDSIZE]; /* device id bytes */
  DWORD dwSize;                                 /* structure size */
  DWORD dwSecure;                               /* unused */
  WCHAR szDestAddress[TAPIMAXDESTADDRESSSIZE];  /* number */
  WCHAR szAppName[TAPIMAXAPPNAMESIZE];          /* requesting application */
  WCHAR szCalledParty[TAPIMAXCALLEDPARTYSIZE];  /* called party name */
  WCHAR szComment[TAPIMAXCOMMENTSIZE];          /* comment */
} LINEREQMEDIACALLW, *LPLINEREQMEDIACALLW;

#ifdef UNICODE
#define LINEREQMEDIACALL LINEREQMEDIACALLW
#endif

/* One terminal [filled by: TSP] */
typedef struct linetermcaps_tag {
  DWORD dwTermDev;     /* LINETERMDEV_ */
  DWORD dwTermModes;   /* LINETERMMODE_ */
  DWORD dwTermSharing; /* LINETERMSHARING_ */
} LINETERMCAPS, *LPLINETERMCAPS;

/* Locations and cards [filled by: TAPI] */
typedef struct linetranslatecaps_tag {
  DWORD dwTotalSize;              /* bytes allocated, set by the caller */
  DWORD dwNeededSize;             /* bytes needed for everything */
  DWORD dwUsedSize;               /* bytes filled */
  DWORD dwNumLocations;           /* locations */
  DWORD dwLocationListSize;       /* bytes of array of LINELOCATIONENTRY */
  DWORD dwLocationListOffset;     /* offset of array of LINELOCATIONENTRY */
  DWORD dwCurrentLocationID;      /* current location */
  DWORD dwNumCards;               /* cards */
  DWORD dwCardListSize;           /* bytes of array of LINECARDENTRY (hidden ones left out; card 0 = direct
                                   * dial) */
  DWORD dwCardListOffset;         /* offset of array of LINECARDENTRY (hidden ones left out; card 0 =
                                   * direct dial) */
  DWORD dwCurrentPreferredCardID; /* card of the current location */
} LINETRANSLATECAPS, *LPLINETRANSLATECAPS;

/* Translation result [filled by: TAPI] */
typedef struct linetranslateoutput_tag {
  DWORD dwTotalSize;               /* bytes allocated, set by the caller */
  DWORD dwNeededSize;              /* bytes needed for everything */
  DWORD dwUsedSize;                /* bytes filled */
  DWORD dwDialableStringSize;      /* bytes of string to dial */
  DWORD dwDialableStringOffset;    /* offset of string to dial */
  DWORD dwDisplayableStringSize;   /* bytes of string to show (card digits replaced by [name]) */
  DWORD dwDisplayableStringOffset; /* offset of string to show (card digits replaced by [name]) */
  DWORD dwCurrentCountry;          /* country code of the location */
  DWORD dwDestCountry;             /* country code of the number (0 unknown) */
  DWORD dwTranslateResults;        /* LINETRANSLATERESULT_ */
} LINETRANSLATEOUTPUT, *LPLINETRANSLATEOUTPUT;

/* One button [fixed part 36 bytes at 1.3, 40 bytes at 1.4; filled by: TSP / app] */
typedef struct phonebuttoninfo_tag {
  DWORD dwTotalSize;         /* bytes allocated, set by the caller */
  DWORD dwNeededSize;        /* bytes needed for everything */
  DWORD dwUsedSize;          /* bytes filled */
  DWORD dwButtonMode;        /* PHONEBUTTONMODE_ */
  DWORD dwButtonFunction;    /* PHONEBUTTONFUNCTION_ */
  DWORD dwButtonTextSize;    /* bytes of button text */
  DWORD dwButtonTextOffset;  /* offset of button text */
  DWORD dwDevSpecificSize;   /* bytes of provider extension data */
  DWORD dwDevSpecificOffset; /* offset of provider extension data */
  DWORD dwButtonState;       /* PHONEBUTTONSTATE_ (1.4) */
} PHONEBUTTONINFO, *LPPHONEBUTTONINFO;

/*
 * Capabilities of a phone [fixed part 144 bytes at 1.3, 180 bytes at 2.0, 196 bytes at 2.2; filled by: TSP]
 */
typedef struct phonecaps_tag {
  DWORD dwTotalSize;                       /* bytes allocated, set by the caller */
  DWORD dwNeededSize;                      /* bytes needed for everything */
  DWORD dwUsedSize;                        /* bytes filled */
  DWORD dwProviderInfoSize;                /* bytes of provider text */
  DWORD dwProviderInfoOffset;              /* offset of provider text */
  DWORD dwPhoneInfoSize;                   /* bytes of phone text */
  DWORD dwPhoneInfoOffset;                 /* offset of phone text */
  DWORD dwPermanentPhoneID;                /* id that survives reconfiguration */
  DWORD dwPhoneNameSize;                   /* bytes of user-visible phone name */
  DWORD dwPhoneNameOffset;                 /* offset of user-visible phone name */
  DWORD dwStringFormat;                    /* STRINGFORMAT_ */
  DWORD dwPhoneStates;                     /* PHONESTATE_ bits that can be reported; TAPI ORs in OWNER,
                                            * MONITORS, REINIT */
  DWORD dwHookSwitchDevs;                  /* PHONEHOOKSWITCHDEV_ present */
  DWORD dwHandsetHookSwitchModes;          /* PHONEHOOKSWITCHMODE_ of the handset */
  DWORD dwSpeakerHookSwitchModes;          /* PHONEHOOKSWITCHMODE_ of the speakerphone */
  DWORD dwHeadsetHookSwitchModes;          /* PHONEHOOKSWITCHMODE_ of the headset */
  DWORD dwVolumeFlags;                     /* PHONEHOOKSWITCHDEV_ whose volume can be set */
  DWORD dwGainFlags;                       /* PHONEHOOKSWITCHDEV_ whose gain can be set */
  DWORD dwDisplayNumRows;                  /* display rows (0 = no display) */
  DWORD dwDisplayNumColumns;               /* display columns */
  DWORD dwNumRingModes;                    /* ring modes (0 = no control) */
  DWORD dwNumButtonLamps;                  /* button/lamp pairs (ids 0..n-1, 0-11 keypad) */
  DWORD dwButtonModesSize;                 /* bytes of array of PHONEBUTTONMODE_ per id */
  DWORD dwButtonModesOffset;               /* offset of array of PHONEBUTTONMODE_ per id */
  DWORD dwButtonFunctionsSize;             /* bytes of array of PHONEBUTTONFUNCTION_ per id */
  DWORD dwButtonFunctionsOffset;           /* offset of array of PHONEBUTTONFUNCTION_ per id */
  DWORD dwLampModesSize;                   /* bytes of array of PHONELAMPMODE_ per id */
  DWORD dwLampModesOffset;                 /* offset of array of PHONELAMPMODE_ per id */
  DWORD dwNumSetData;                      /* download areas */
  DWORD dwSetDataSize;                     /* bytes of array of download area sizes */
  DWORD dwSetDataOffset;                   /* offset of array of download area sizes */
  DWORD dwNumGetData;                      /* upload areas */
  DWORD dwGetDataSize;                     /* bytes of array of upload area sizes */
  DWORD dwGetDataOffset;                   /* offset of array of upload area sizes */
  DWORD dwDevSpecificSize;                 /* bytes of provider extension data */
  DWORD dwDevSpecificOffset;               /* offset of provider extension data */
  DWORD dwDeviceClassesSize;               /* bytes of NUL-separated device class names for phoneGetID
                                            * (2.0) */
  DWORD dwDeviceClassesOffset;             /* offset of NUL-separated device class names for phoneGetID
                                            * (2.0) */
  DWORD dwPhoneFeatures;                   /* PHONEFEATURE_ that may ever be possible (2.0) */
  DWORD dwSettableHandsetHookSwitchModes;  /* PHONEHOOKSWITCHMODE_ settable on the handset (2.0) */
  DWORD dwSettableSpeakerHookSwitchModes;  /* PHONEHOOKSWITCHMODE_ settable on the speakerphone (2.0) */
  DWORD dwSettableHeadsetHookSwitchModes;  /* PHONEHOOKSWITCHMODE_ settable on the headset (2.0) */
  DWORD dwMonitoredHandsetHookSwitchModes; /* PHONEHOOKSWITCHMODE_ detectable on the handset (2.0) */
  DWORD dwMonitoredSpeakerHookSwitchModes; /* PHONEHOOKSWITCHMODE_ detectable on the speakerphone (2.0) */
  DWORD dwMonitoredHeadsetHookSwitchModes; /* PHONEHOOKSWITCHMODE_ detectable on the headset (2.0) */
  GUID PermanentPhoneGuid;                 /* permanent GUID of the phone (2.2) */
} PHONECAPS, *LPPHONECAPS;

/* Extension id (all zero = none) [filled by: TSP] */
typedef struct phoneextensionid_tag {
  DWORD dwExtensionID0; /* part 0 */
  DWORD dwExtensionID1; /* part 1 */
  DWORD dwExtensionID2; /* part 2 */
  DWORD dwExtensionID3; /* part 3 */
} PHONEEXTENSIONID, *LPPHONEEXTENSIONID;

/* Notification choice [since 2.0; filled by: app / TAPI] */
typedef struct phoneinitializeexparams_tag {
  DWORD dwTotalSize;  /* bytes allocated, set by the caller */
  DWORD dwNeededSize; /* bytes needed for everything */
  DWORD dwUsedSize;   /* bytes filled */
  DWORD dwOptions;    /* PHONEINITIALIZEEXOPTION_ */
  union {
    HANDLE hEvent;          /* event handle made by TAPI */
    HANDLE hCompletionPort; /* completion port given by the app */
  } Handles;
  DWORD dwCompletionKey; /* completion key given by the app */
} PHONEINITIALIZEEXPARAMS, *LPPHONEINITIALIZEEXPARAMS;

/* Message of phoneGetMessage / completion port [since 2.0; filled by: TAPI] */
typedef struct phonemessage_tag {
  DWORD hDevice;                /* phone handle (32 bit) */
  DWORD dwMessageID;            /* PHONE_ message */
  DWORD_PTR dwCallbackInstance; /* callback instance */
  DWORD_PTR dwParam1;           /* message parameter 1 */
  DWORD_PTR dwParam2;           /* message parameter 2 */
  DWORD_PTR dwParam3;           /* message parameter 3 */
} PHONEMESSAGE, *LPPHONEMESSAGE;

/* Current status of an open phone [fixed part 100 bytes at 1.3, 104 bytes at 2.0; filled by: TSP + TAPI] */
typedef struct phonestatus_tag {
  DWORD dwTotalSize;             /* bytes allocated, set by the caller */
  DWORD dwNeededSize;            /* bytes needed for everything */
  DWORD dwUsedSize;              /* bytes filled */
  DWORD dwStatusFlags;           /* PHONESTATUSFLAGS_ */
  DWORD dwNumOwners;             /* owners (TAPI) */
  DWORD dwNumMonitors;           /* monitors (TAPI) */
  DWORD dwRingMode;              /* current ring mode */
  DWORD dwRingVolume;            /* ring volume 0..0xFFFF */
  DWORD dwHandsetHookSwitchMode; /* PHONEHOOKSWITCHMODE_ of the handset */
  DWORD dwHandsetVolume;         /* handset volume 0..0xFFFF */
  DWORD dwHandsetGain;           /* handset gain 0..0xFFFF */
  DWORD dwSpeakerHookSwitchMode; /* PHONEHOOKSWITCHMODE_ of the speakerphone */
  DWORD dwSpeakerVolume;         /* speakerphone volume */
  DWORD dwSpeakerGain;           /* speakerphone gain */
  DWORD dwHeadsetHookSwitchMode; /* PHONEHOOKSWITCHMODE_ of the headset */
  DWORD dwHeadsetVolume;         /* headset volume */
  DWORD dwHeadsetGain;           /* headset gain */
  DWORD dwDisplaySize;           /* bytes of display text */
  DWORD dwDisplayOffset;         /* offset of display text */
  DWORD dwLampModesSize;         /* bytes of array of current PHONELAMPMODE_ per id */
  DWORD dwLampModesOffset;       /* offset of array of current PHONELAMPMODE_ per id */
  DWORD dwOwnerNameSize;         /* bytes of friendly name of the owner (TAPI) */
  DWORD dwOwnerNameOffset;       /* offset of friendly name of the owner (TAPI) */
  DWORD dwDevSpecificSize;       /* bytes of provider extension data */
  DWORD dwDevSpecificOffset;     /* offset of provider extension data */
  DWORD dwPhoneFeatures;         /* PHONEFEATURE_ possible now (2.0) */
} PHONESTATUS, *LPPHONESTATUS;

/* Self-describing variable string / blob */
typedef struct varstring_tag {
  DWORD dwTotalSize;    /* bytes allocated, set by the caller */
  DWORD dwNeededSize;   /* bytes needed for everything */
  DWORD dwUsedSize;     /* bytes filled */
  DWORD dwStringFormat; /* STRINGFORMAT_ */
  DWORD dwStringSize;   /* bytes of string or data */
  DWORD dwStringOffset; /* offset of string or data */
} VARSTRING, *LPVARSTRING;

TRUNKLINE_EXPORTS_BEGIN

/* ---- Basic line functions ------------------------------------------------------------------------------ */

/* Answer an offering (or accepted) call; asynchronous [hCall: owner, offering | accepted] */
LONG WINAPI lineAnswer(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

/* Close an open line handle */
LONG WINAPI lineClose(HLINE hLine);

/* Show the provider's settings dialog for a line */
LONG WINAPI lineConfigDialogA(DWORD dwDeviceID, HWND hwndOwner, LPCSTR lpszDeviceClass);
LONG WINAPI lineConfigDialogW(DWORD dwDeviceID, HWND hwndOwner, LPCWSTR lpszDeviceClass);
LONG WINAPI lineConfigDialog(DWORD dwDeviceID, HWND hwndOwner, LPCSTR lpszDeviceClass);

/* Edit a configuration blob in a dialog without touching the device (1.4) */
LONG WINAPI lineConfigDialogEditA(
    DWORD dwDeviceID, HWND hwndOwner, LPCSTR lpszDeviceClass, LPVOID const lpDeviceConfigIn, DWORD dwSize,
    LPVARSTRING lpDeviceConfigOut);
LONG WINAPI lineConfigDialogEditW(
    DWORD dwDeviceID, HWND hwndOwner, LPCWSTR lpszDeviceClass, LPVOID const lpDeviceConfigIn, DWORD dwSize,
    LPVARSTRING lpDeviceConfigOut);
LONG WINAPI lineConfigDialogEdit(
    DWORD dwDeviceID, HWND hwndOwner, LPCSTR lpszDeviceClass, LPVOID const lpDeviceConfigIn, DWORD dwSize,
    LPVARSTRING lpDeviceConfigOut);

/* Give up a call handle */
LONG WINAPI lineDeallocateCall(HCALL hCall);

/*
 * Dial on an existing call (consultation, partial dialling); asynchronous [hCall: owner, any except idle and
 * disconnected]
 */
LONG WINAPI lineDialA(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);
LONG WINAPI lineDialW(HCALL hCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode);
LONG WINAPI lineDial(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);

/* Release a call (or reject an offering one); asynchronous [hCall: owner, any except idle] */
LONG WINAPI lineDrop(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

/* Read the capabilities of an address */
LONG WINAPI lineGetAddressCapsA(
    HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID, DWORD dwAPIVersion, DWORD dwExtVersion,
    LPLINEADDRESSCAPS lpAddressCaps);
LONG WINAPI lineGetAddressCapsW(
    HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID, DWORD dwAPIVersion, DWORD dwExtVersion,
    LPLINEADDRESSCAPS lpAddressCaps);
LONG WINAPI lineGetAddressCaps(
    HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID, DWORD dwAPIVersion, DWORD dwExtVersion,
    LPLINEADDRESSCAPS lpAddressCaps);

/* Map a dialable address of the line to its address id */
LONG WINAPI lineGetAddressIDA(
    HLINE hLine, LPDWORD lpdwAddressID, DWORD dwAddressMode, LPCSTR lpsAddress, DWORD dwSize);
LONG WINAPI lineGetAddressIDW(
    HLINE hLine, LPDWORD lpdwAddressID, DWORD dwAddressMode, LPCWSTR lpsAddress, DWORD dwSize);
LONG WINAPI lineGetAddressID(
    HLINE hLine, LPDWORD lpdwAddressID, DWORD dwAddressMode, LPCSTR lpsAddress, DWORD dwSize);

/* Read the current status of an address */
LONG WINAPI lineGetAddressStatusA(HLINE hLine, DWORD dwAddressID, LPLINEADDRESSSTATUS lpAddressStatus);
LONG WINAPI lineGetAddressStatusW(HLINE hLine, DWORD dwAddressID, LPLINEADDRESSSTATUS lpAddressStatus);
LONG WINAPI lineGetAddressStatus(HLINE hLine, DWORD dwAddressID, LPLINEADDRESSSTATUS lpAddressStatus);

/* Read the mostly fixed information of a call */
LONG WINAPI lineGetCallInfoA(HCALL hCall, LPLINECALLINFO lpCallInfo);
LONG WINAPI lineGetCallInfoW(HCALL hCall, LPLINECALLINFO lpCallInfo);
LONG WINAPI lineGetCallInfo(HCALL hCall, LPLINECALLINFO lpCallInfo);

/* Read the current state, mode, privilege and allowed functions of a call */
LONG WINAPI lineGetCallStatus(HCALL hCall, LPLINECALLSTATUS lpCallStatus);

/* List the conference and its members [hCall: any for the conference parent; conferenced for a member] */
LONG WINAPI lineGetConfRelatedCalls(HCALL hCall, LPLINECALLLIST lpCallList);

/* Read country codes and dialling rules (1.4) */
LONG WINAPI lineGetCountryA(DWORD dwCountryID, DWORD dwAPIVersion, LPLINECOUNTRYLIST lpLineCountryList);
LONG WINAPI lineGetCountryW(DWORD dwCountryID, DWORD dwAPIVersion, LPLINECOUNTRYLIST lpLineCountryList);
LONG WINAPI lineGetCountry(DWORD dwCountryID, DWORD dwAPIVersion, LPLINECOUNTRYLIST lpLineCountryList);

/* Read the capabilities of a line device */
LONG WINAPI lineGetDevCapsA(
    HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion, DWORD dwExtVersion, LPLINEDEVCAPS lpLineDevCaps);
LONG WINAPI lineGetDevCapsW(
    HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion, DWORD dwExtVersion, LPLINEDEVCAPS lpLineDevCaps);
LONG WINAPI lineGetDevCaps(
    HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion, DWORD dwExtVersion, LPLINEDEVCAPS lpLineDevCaps);

/* Fetch an opaque configuration blob for a device class */
LONG WINAPI lineGetDevConfigA(DWORD dwDeviceID, LPVARSTRING lpDeviceConfig, LPCSTR lpszDeviceClass);
LONG WINAPI lineGetDevConfigW(DWORD dwDeviceID, LPVARSTRING lpDeviceConfig, LPCWSTR lpszDeviceClass);
LONG WINAPI lineGetDevConfig(DWORD dwDeviceID, LPVARSTRING lpDeviceConfig, LPCSTR lpszDeviceClass);

/* Get the id of a media / phone / line device tied to a line, address or call */
LONG WINAPI lineGetIDA(
    HLINE hLine, DWORD dwAddressID, HCALL hCall, DWORD dwSelect, LPVARSTRING lpDeviceID,
    LPCSTR lpszDeviceClass);
LONG WINAPI lineGetIDW(
    HLINE hLine, DWORD dwAddressID, HCALL hCall, DWORD dwSelect, LPVARSTRING lpDeviceID,
    LPCWSTR lpszDeviceClass);
LONG WINAPI lineGetID(
    HLINE hLine, DWORD dwAddressID, HCALL hCall, DWORD dwSelect, LPVARSTRING lpDeviceID,
    LPCSTR lpszDeviceClass);

/* Get an icon for the line service */
LONG WINAPI lineGetIconA(DWORD dwDeviceID, LPCSTR lpszDeviceClass, LPHICON lphIcon);
LONG WINAPI lineGetIconW(DWORD dwDeviceID, LPCWSTR lpszDeviceClass, LPHICON lphIcon);
LONG WINAPI lineGetIcon(DWORD dwDeviceID, LPCSTR lpszDeviceClass, LPHICON lphIcon);

/* Read the current status of an open line */
LONG WINAPI lineGetLineDevStatusA(HLINE hLine, LPLINEDEVSTATUS lpLineDevStatus);
LONG WINAPI lineGetLineDevStatusW(HLINE hLine, LPLINEDEVSTATUS lpLineDevStatus);
LONG WINAPI lineGetLineDevStatus(HLINE hLine, LPLINEDEVSTATUS lpLineDevStatus);

/* Fetch the next queued message (event-handle mode only) (2.0) */
LONG WINAPI lineGetMessage(HLINEAPP hLineApp, LPLINEMESSAGE lpMessage, DWORD dwTimeout);

/* Get handles to calls the app does not know yet on a line or address */
LONG WINAPI lineGetNewCalls(HLINE hLine, DWORD dwAddressID, DWORD dwSelect, LPLINECALLLIST lpCallList);

/* Read the smallest ring count any app asked for (toll saver) */
LONG WINAPI lineGetNumRings(HLINE hLine, DWORD dwAddressID, LPDWORD lpdwNumRings);

/* Read which line and address status messages are enabled for the handle */
LONG WINAPI lineGetStatusMessages(HLINE hLine, LPDWORD lpdwLineStates, LPDWORD lpdwAddressStates);

/* Read locations and calling cards */
LONG WINAPI lineGetTranslateCapsA(HLINEAPP hLineApp, DWORD dwAPIVersion, LPLINETRANSLATECAPS lpTranslateCaps);
LONG WINAPI lineGetTranslateCapsW(HLINEAPP hLineApp, DWORD dwAPIVersion, LPLINETRANSLATECAPS lpTranslateCaps);
LONG WINAPI lineGetTranslateCaps(HLINEAPP hLineApp, DWORD dwAPIVersion, LPLINETRANSLATECAPS lpTranslateCaps);

/* Offer ownership of a call to a named app or to the top app for a media mode [hCall: owner] */
LONG WINAPI lineHandoffA(HCALL hCall, LPCSTR lpszFileName, DWORD dwMediaMode);
LONG WINAPI lineHandoffW(HCALL hCall, LPCWSTR lpszFileName, DWORD dwMediaMode);
LONG WINAPI lineHandoff(HCALL hCall, LPCSTR lpszFileName, DWORD dwMediaMode);

/* Register an application and choose hidden window, event or completion-port delivery (2.0) */
LONG WINAPI lineInitializeExA(
    LPHLINEAPP lphLineApp, HINSTANCE hInstance, LINECALLBACK lpfnCallback, LPCSTR lpszFriendlyAppName,
    LPDWORD lpdwNumDevs, LPDWORD lpdwAPIVersion, LPLINEINITIALIZEEXPARAMS lpLineInitializeExParams);
LONG WINAPI lineInitializeExW(
    LPHLINEAPP lphLineApp, HINSTANCE hInstance, LINECALLBACK lpfnCallback, LPCWSTR lpszFriendlyAppName,
    LPDWORD lpdwNumDevs, LPDWORD lpdwAPIVersion, LPLINEINITIALIZEEXPARAMS lpLineInitializeExParams);

/* Place a call; asynchronous */
LONG WINAPI lineMakeCallA(
    HLINE hLine, LPHCALL lphCall, LPCSTR lpszDestAddress, DWORD dwCountryCode,
    LPLINECALLPARAMS const lpCallParams);
LONG WINAPI lineMakeCallW(
    HLINE hLine, LPHCALL lphCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode,
    LPLINECALLPARAMS const lpCallParams);
LONG WINAPI lineMakeCall(
    HLINE hLine, LPHCALL lphCall, LPCSTR lpszDestAddress, DWORD dwCountryCode,
    LPLINECALLPARAMS const lpCallParams);

/* Agree on the API version for a device and learn its extension id */
LONG WINAPI lineNegotiateAPIVersion(
    HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPILowVersion, DWORD dwAPIHighVersion,
    LPDWORD lpdwAPIVersion, LPLINEEXTENSIONID lpExtensionID);

/* Open a line device with privileges and media modes */
LONG WINAPI lineOpenA(
    HLINEAPP hLineApp, DWORD dwDeviceID, LPHLINE lphLine, DWORD dwAPIVersion, DWORD dwExtVersion,
    DWORD_PTR dwCallbackInstance, DWORD dwPrivileges, DWORD dwMediaModes,
    LPLINECALLPARAMS const lpCallParams);
LONG WINAPI lineOpenW(
    HLINEAPP hLineApp, DWORD dwDeviceID, LPHLINE lphLine, DWORD dwAPIVersion, DWORD dwExtVersion,
    DWORD_PTR dwCallbackInstance, DWORD dwPrivileges, DWORD dwMediaModes,
    LPLINECALLPARAMS const lpCallParams);
LONG WINAPI lineOpen(
    HLINEAPP hLineApp, DWORD dwDeviceID, LPHLINE lphLine, DWORD dwAPIVersion, DWORD dwExtVersion,
    DWORD_PTR dwCallbackInstance, DWORD dwPrivileges, DWORD dwMediaModes,
    LPLINECALLPARAMS const lpCallParams);

/* Write dwAppSpecific in the call information [hCall: owner] */
LONG WINAPI lineSetAppSpecific(HCALL hCall, DWORD dwAppSpecific);

/* Change the app's own privilege on a call */
LONG WINAPI lineSetCallPrivilege(HCALL hCall, DWORD dwCallPrivilege);

/* Set the current dialling location */
LONG WINAPI lineSetCurrentLocation(HLINEAPP hLineApp, DWORD dwLocation);

/* Apply an opaque configuration blob */
LONG WINAPI lineSetDevConfigA(
    DWORD dwDeviceID, LPVOID const lpDeviceConfig, DWORD dwSize, LPCSTR lpszDeviceClass);
LONG WINAPI lineSetDevConfigW(
    DWORD dwDeviceID, LPVOID const lpDeviceConfig, DWORD dwSize, LPCWSTR lpszDeviceClass);
LONG WINAPI lineSetDevConfig(
    DWORD dwDeviceID, LPVOID const lpDeviceConfig, DWORD dwSize, LPCSTR lpszDeviceClass);

/* State the app's wanted ring count (toll saver) */
LONG WINAPI lineSetNumRings(HLINE hLine, DWORD dwAddressID, DWORD dwNumRings);

/* Choose line and address status messages */
LONG WINAPI lineSetStatusMessages(HLINE hLine, DWORD dwLineStates, DWORD dwAddressStates);

/* Add or remove a prefix on the toll list */
LONG WINAPI lineSetTollListA(
    HLINEAPP hLineApp, DWORD dwDeviceID, LPCSTR lpszAddressIn, DWORD dwTollListOption);
LONG WINAPI lineSetTollListW(
    HLINEAPP hLineApp, DWORD dwDeviceID, LPCWSTR lpszAddressIn, DWORD dwTollListOption);
LONG WINAPI lineSetTollList(
    HLINEAPP hLineApp, DWORD dwDeviceID, LPCSTR lpszAddressIn, DWORD dwTollListOption);

/* End the application's use of line devices */
LONG WINAPI lineShutdown(HLINEAPP hLineApp);

/* Turn a canonical number into dialable and displayable strings */
LONG WINAPI lineTranslateAddressA(
    HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion, LPCSTR lpszAddressIn, DWORD dwCard,
    DWORD dwTranslateOptions, LPLINETRANSLATEOUTPUT lpTranslateOutput);
LONG WINAPI lineTranslateAddressW(
    HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion, LPCWSTR lpszAddressIn, DWORD dwCard,
    DWORD dwTranslateOptions, LPLINETRANSLATEOUTPUT lpTranslateOutput);
LONG WINAPI lineTranslateAddress(
    HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion, LPCSTR lpszAddressIn, DWORD dwCard,
    DWORD dwTranslateOptions, LPLINETRANSLATEOUTPUT lpTranslateOutput);

/* Show the dialling-rules dialog (1.4) */
LONG WINAPI lineTranslateDialogA(
    HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion, HWND hwndOwner, LPCSTR lpszAddressIn);
LONG WINAPI lineTranslateDialogW(
    HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion, HWND hwndOwner, LPCWSTR lpszAddressIn);
LONG WINAPI lineTranslateDialog(
    HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion, HWND hwndOwner, LPCSTR lpszAddressIn);

/* Register an application, TAPI 1.x form (hidden window, callback) */
LONG WINAPI lineInitialize(
    LPHLINEAPP lphLineApp, HINSTANCE hInstance, LINECALLBACK lpfnCallback, LPCSTR lpszAppName,
    LPDWORD lpdwNumDevs);

/* ---- Supplementary line functions ---------------------------------------------------------------------- */

/*
 * Accept an offered call so that alerting starts (call normally goes offering -> accepted); asynchronous
 * [hCall: owner, offering]
 */
LONG WINAPI lineAccept(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

/*
 * Put the consultation (or another allowed) call into a conference; asynchronous [hConfCall: owner,
 * onHoldPendingConference | onHold; hConsultCall: owner, connected | onHold | proceeding | ringback]
 */
LONG WINAPI lineAddToConference(HCALL hConfCall, HCALL hConsultCall);

/* Transfer in one step without consultation; asynchronous [hCall: owner, connected] */
LONG WINAPI lineBlindTransferA(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);
LONG WINAPI lineBlindTransferW(HCALL hCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode);
LONG WINAPI lineBlindTransfer(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);

/*
 * Ask for camp-on, call-back, intrude or message for a call that did not get through; asynchronous [hCall:
 * owner, busy | ringback]
 */
LONG WINAPI lineCompleteCall(
    HCALL hCall, LPDWORD lpdwCompletionID, DWORD dwCompletionMode, DWORD dwMessageID);

/*
 * Finish a consultation transfer, as transfer or three-way conference; asynchronous [hCall: owner, onHold |
 * onHoldPendingTransfer; hConsultCall: owner, connected | ringback | busy | proceeding]
 */
LONG WINAPI lineCompleteTransfer(HCALL hCall, HCALL hConsultCall, LPHCALL lphConfCall, DWORD dwTransferMode);

/* Replace the forwarding / do-not-disturb settings of one or all addresses; asynchronous */
LONG WINAPI lineForwardA(
    HLINE hLine, DWORD bAllAddresses, DWORD dwAddressID, LPLINEFORWARDLIST const lpForwardList,
    DWORD dwNumRingsNoAnswer, LPHCALL lphConsultCall, LPLINECALLPARAMS const lpCallParams);
LONG WINAPI lineForwardW(
    HLINE hLine, DWORD bAllAddresses, DWORD dwAddressID, LPLINEFORWARDLIST const lpForwardList,
    DWORD dwNumRingsNoAnswer, LPHCALL lphConsultCall, LPLINECALLPARAMS const lpCallParams);
LONG WINAPI lineForward(
    HLINE hLine, DWORD bAllAddresses, DWORD dwAddressID, LPLINEFORWARDLIST const lpForwardList,
    DWORD dwNumRingsNoAnswer, LPHCALL lphConsultCall, LPLINECALLPARAMS const lpCallParams);

/*
 * Collect digits into a buffer until count, terminator or timeout; ends with LINE_GATHERDIGITS [hCall: owner]
 */
LONG WINAPI lineGatherDigitsA(
    HCALL hCall, DWORD dwDigitModes, LPSTR lpsDigits, DWORD dwNumDigits, LPCSTR lpszTerminationDigits,
    DWORD dwFirstDigitTimeout, DWORD dwInterDigitTimeout);
LONG WINAPI lineGatherDigitsW(
    HCALL hCall, DWORD dwDigitModes, LPWSTR lpsDigits, DWORD dwNumDigits, LPCWSTR lpszTerminationDigits,
    DWORD dwFirstDigitTimeout, DWORD dwInterDigitTimeout);
LONG WINAPI lineGatherDigits(
    HCALL hCall, DWORD dwDigitModes, LPSTR lpsDigits, DWORD dwNumDigits, LPCSTR lpszTerminationDigits,
    DWORD dwFirstDigitTimeout, DWORD dwInterDigitTimeout);

/*
 * Send digits in-band as DTMF or pulses; ends with LINE_GENERATE [hCall: owner, any (providers may insist on
 * connected)]
 */
LONG WINAPI lineGenerateDigitsA(HCALL hCall, DWORD dwDigitMode, LPCSTR lpszDigits, DWORD dwDuration);
LONG WINAPI lineGenerateDigitsW(HCALL hCall, DWORD dwDigitMode, LPCWSTR lpszDigits, DWORD dwDuration);
LONG WINAPI lineGenerateDigits(HCALL hCall, DWORD dwDigitMode, LPCSTR lpszDigits, DWORD dwDuration);

/* Send a predefined or custom in-band tone; ends with LINE_GENERATE [hCall: owner] */
LONG WINAPI lineGenerateTone(
    HCALL hCall, DWORD dwToneMode, DWORD dwDuration, DWORD dwNumTones, LPLINEGENERATETONE const lpTones);

/* Read an application's place in a priority list (1.4) */
LONG WINAPI lineGetAppPriorityA(
    LPCSTR lpszAppFilename, DWORD dwMediaMode, LPLINEEXTENSIONID lpExtensionID, DWORD dwRequestMode,
    LPVARSTRING lpExtensionName, LPDWORD lpdwPriority);
LONG WINAPI lineGetAppPriorityW(
    LPCWSTR lpszAppFilename, DWORD dwMediaMode, LPLINEEXTENSIONID lpExtensionID, DWORD dwRequestMode,
    LPVARSTRING lpExtensionName, LPDWORD lpdwPriority);
LONG WINAPI lineGetAppPriority(
    LPCSTR lpszAppFilename, DWORD dwMediaMode, LPLINEEXTENSIONID lpExtensionID, DWORD dwRequestMode,
    LPVARSTRING lpExtensionName, LPDWORD lpdwPriority);

/* Put a connected call on (hard) hold; asynchronous [hCall: owner, connected] */
LONG WINAPI lineHold(HCALL hCall);

/* Switch unbuffered digit detection on or off; events follow [hCall: any except idle or disconnected] */
LONG WINAPI lineMonitorDigits(HCALL hCall, DWORD dwDigitModes);

/* Switch media-type detection messages on or off; events follow [hCall: any except idle] */
LONG WINAPI lineMonitorMedia(HCALL hCall, DWORD dwMediaModes);

/* Switch detection of a list of tones on or off; events follow [hCall: any except idle] */
LONG WINAPI lineMonitorTones(HCALL hCall, LPLINEMONITORTONE const lpToneList, DWORD dwNumEntries);

/* Park a call at a given or switch-chosen address; asynchronous [hCall: owner, connected] */
LONG WINAPI lineParkA(HCALL hCall, DWORD dwParkMode, LPCSTR lpszDirAddress, LPVARSTRING lpNonDirAddress);
LONG WINAPI lineParkW(HCALL hCall, DWORD dwParkMode, LPCWSTR lpszDirAddress, LPVARSTRING lpNonDirAddress);
LONG WINAPI linePark(HCALL hCall, DWORD dwParkMode, LPCSTR lpszDirAddress, LPVARSTRING lpNonDirAddress);

/* Pick up a call alerting elsewhere; asynchronous */
LONG WINAPI linePickupA(
    HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCSTR lpszDestAddress, LPCSTR lpszGroupID);
LONG WINAPI linePickupW(
    HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCWSTR lpszDestAddress, LPCWSTR lpszGroupID);
LONG WINAPI linePickup(
    HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCSTR lpszDestAddress, LPCSTR lpszGroupID);

/*
 * Hold a conference and make a consultation call for the next member; asynchronous [hConfCall: owner,
 * connected]
 */
LONG WINAPI linePrepareAddToConferenceA(
    HCALL hConfCall, LPHCALL lphConsultCall, LPLINECALLPARAMS const lpCallParams);
LONG WINAPI linePrepareAddToConferenceW(
    HCALL hConfCall, LPHCALL lphConsultCall, LPLINECALLPARAMS const lpCallParams);
LONG WINAPI linePrepareAddToConference(
    HCALL hConfCall, LPHCALL lphConsultCall, LPLINECALLPARAMS const lpCallParams);

/* Send an offering call elsewhere without answering; asynchronous [hCall: owner, offering] */
LONG WINAPI lineRedirectA(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);
LONG WINAPI lineRedirectW(HCALL hCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode);
LONG WINAPI lineRedirect(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);

/* Let the provider overwrite the user-user info with the next one; asynchronous [hCall: owner] (1.4) */
LONG WINAPI lineReleaseUserUserInfo(HCALL hCall);

/* Take a member out of its conference; asynchronous [hCall: owner, conferenced] */
LONG WINAPI lineRemoveFromConference(HCALL hCall);

/* Protect a call against interference (call waiting tones); asynchronous [hCall: owner] */
LONG WINAPI lineSecureCall(HCALL hCall);

/*
 * Send user-user info on an existing call; asynchronous [hCall: owner, connected | offering | accepted |
 * ringback]
 */
LONG WINAPI lineSendUserUserInfo(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

/* Place an application in a priority list (1.4) */
LONG WINAPI lineSetAppPriorityA(
    LPCSTR lpszAppFilename, DWORD dwMediaMode, LPLINEEXTENSIONID lpExtensionID, DWORD dwRequestMode,
    LPCSTR lpszExtensionName, DWORD dwPriority);
LONG WINAPI lineSetAppPriorityW(
    LPCWSTR lpszAppFilename, DWORD dwMediaMode, LPLINEEXTENSIONID lpExtensionID, DWORD dwRequestMode,
    LPCWSTR lpszExtensionName, DWORD dwPriority);
LONG WINAPI lineSetAppPriority(
    LPCSTR lpszAppFilename, DWORD dwMediaMode, LPLINEEXTENSIONID lpExtensionID, DWORD dwRequestMode,
    LPCSTR lpszExtensionName, DWORD dwPriority);

/* Attach a data block to a call that travels with it; asynchronous [hCall: owner] (2.0) */
LONG WINAPI lineSetCallData(HCALL hCall, LPVOID lpCallData, DWORD dwSize);

/*
 * Change bearer mode / rate / dial parameters of a call; asynchronous [hCall: owner, any except idle or
 * disconnected]
 */
LONG WINAPI lineSetCallParams(
    HCALL hCall, DWORD dwBearerMode, DWORD dwMinRate, DWORD dwMaxRate, LPLINEDIALPARAMS const lpDialParams);

/* Request QoS flowspecs for a call; asynchronous [hCall: owner] (2.0) */
LONG WINAPI lineSetCallQualityOfService(
    HCALL hCall, LPVOID lpSendingFlowspec, DWORD dwSendingFlowspecSize, LPVOID lpReceivingFlowspec,
    DWORD dwReceivingFlowspecSize);

/* Choose what a held / queued caller hears; asynchronous [hCall: owner] (2.0) */
LONG WINAPI lineSetCallTreatment(HCALL hCall, DWORD dwTreatment);

/* Set connected / in-service / locked / message-waiting bits of a line; asynchronous (2.0) */
LONG WINAPI lineSetLineDevStatus(HLINE hLine, DWORD dwStatusToChange, DWORD fStatus);

/* Install local rules: on digit, media, tone or call state do a media action; events follow [hCall: owner] */
LONG WINAPI lineSetMediaControl(
    HLINE hLine, DWORD dwAddressID, HCALL hCall, DWORD dwSelect, LPLINEMEDIACONTROLDIGIT const lpDigitList,
    DWORD dwDigitNumEntries, LPLINEMEDIACONTROLMEDIA const lpMediaList, DWORD dwMediaNumEntries,
    LPLINEMEDIACONTROLTONE const lpToneList, DWORD dwToneNumEntries,
    LPLINEMEDIACONTROLCALLSTATE const lpCallStateList, DWORD dwCallStateNumEntries);

/* Set the media mode(s) of a call [hCall: owner] */
LONG WINAPI lineSetMediaMode(HCALL hCall, DWORD dwMediaModes);

/*
 * Route low-level events (media, ringer, buttons...) to a terminal; asynchronous [hCall: any (when dwSelect
 * is CALL)]
 */
LONG WINAPI lineSetTerminal(
    HLINE hLine, DWORD dwAddressID, HCALL hCall, DWORD dwSelect, DWORD dwTerminalModes, DWORD dwTerminalID,
    DWORD bEnable);

/* Create a conference and a consultation call; asynchronous [hCall: owner, connected] */
LONG WINAPI lineSetupConferenceA(
    HCALL hCall, HLINE hLine, LPHCALL lphConfCall, LPHCALL lphConsultCall, DWORD dwNumParties,
    LPLINECALLPARAMS const lpCallParams);
LONG WINAPI lineSetupConferenceW(
    HCALL hCall, HLINE hLine, LPHCALL lphConfCall, LPHCALL lphConsultCall, DWORD dwNumParties,
    LPLINECALLPARAMS const lpCallParams);
LONG WINAPI lineSetupConference(
    HCALL hCall, HLINE hLine, LPHCALL lphConfCall, LPHCALL lphConsultCall, DWORD dwNumParties,
    LPLINECALLPARAMS const lpCallParams);

/* Hold a call for transfer and create a consultation call; asynchronous [hCall: owner, connected] */
LONG WINAPI lineSetupTransferA(HCALL hCall, LPHCALL lphConsultCall, LPLINECALLPARAMS const lpCallParams);
LONG WINAPI lineSetupTransferW(HCALL hCall, LPHCALL lphConsultCall, LPLINECALLPARAMS const lpCallParams);
LONG WINAPI lineSetupTransfer(HCALL hCall, LPHCALL lphConsultCall, LPLINECALLPARAMS const lpCallParams);

/*
 * Swap the active call with one on consultation hold; asynchronous [hActiveCall: owner, connected; hHeldCall:
 * owner, onHoldPendingTransfer | onHoldPendingConference | onHold]
 */
LONG WINAPI lineSwapHold(HCALL hActiveCall, HCALL hHeldCall);

/* Cancel a call completion request; asynchronous */
LONG WINAPI lineUncompleteCall(HLINE hLine, DWORD dwCompletionID);

/*
 * Take a held call back; asynchronous [hCall: owner, onHold | onHoldPendingTransfer |
 * onHoldPendingConference]
 */
LONG WINAPI lineUnhold(HCALL hCall);

/* Retrieve a parked call; asynchronous */
LONG WINAPI lineUnparkA(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCSTR lpszDestAddress);
LONG WINAPI lineUnparkW(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCWSTR lpszDestAddress);
LONG WINAPI lineUnpark(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCSTR lpszDestAddress);

/* ---- Extended line functions: what a provider adds ----------------------------------------------------- */

/* Provider-defined request on line, address or call; asynchronous */
LONG WINAPI lineDevSpecific(HLINE hLine, DWORD dwAddressID, HCALL hCall, LPVOID lpParams, DWORD dwSize);

/* Provider-defined feature-button request; asynchronous */
LONG WINAPI lineDevSpecificFeature(HLINE hLine, DWORD dwFeature, LPVOID lpParams, DWORD dwSize);

/* Agree on a provider extension version */
LONG WINAPI lineNegotiateExtVersion(
    HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion, DWORD dwExtLowVersion, DWORD dwExtHighVersion,
    LPDWORD lpdwExtVersion);

/* ---- Call centre: agents, sessions, groups, queues and the proxy that serves them ---------------------- */

/* Send a handler-defined request to the agent handler; asynchronous (2.0) */
LONG WINAPI lineAgentSpecific(
    HLINE hLine, DWORD dwAddressID, DWORD dwAgentExtensionIDIndex, LPVOID lpParams, DWORD dwSize);

/* Create an agent object on the agent handler; asynchronous (2.2) */
LONG WINAPI lineCreateAgentA(HLINE hLine, LPSTR lpszAgentID, LPSTR lpszAgentPIN, LPHAGENT lphAgent);
LONG WINAPI lineCreateAgentW(HLINE hLine, LPWSTR lpszAgentID, LPWSTR lpszAgentPIN, LPHAGENT lphAgent);

/* Create a session binding agent, group and working address; asynchronous (2.2) */
LONG WINAPI lineCreateAgentSessionA(
    HLINE hLine, HAGENT hAgent, LPSTR lpszAgentPIN, DWORD dwWorkingAddressID, LPGUID lpGroupID,
    LPHAGENTSESSION lphAgentSession);
LONG WINAPI lineCreateAgentSessionW(
    HLINE hLine, HAGENT hAgent, LPWSTR lpszAgentPIN, DWORD dwWorkingAddressID, LPGUID lpGroupID,
    LPHAGENTSESSION lphAgentSession);

/* List the activity codes an agent may select; asynchronous (2.0) */
LONG WINAPI lineGetAgentActivityListA(
    HLINE hLine, DWORD dwAddressID, LPLINEAGENTACTIVITYLIST lpAgentActivityList);
LONG WINAPI lineGetAgentActivityListW(
    HLINE hLine, DWORD dwAddressID, LPLINEAGENTACTIVITYLIST lpAgentActivityList);

/* Read agent-handler capabilities of an address; asynchronous (2.0) */
LONG WINAPI lineGetAgentCapsA(
    HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID, DWORD dwAppAPIVersion,
    LPLINEAGENTCAPS lpAgentCaps);
LONG WINAPI lineGetAgentCapsW(
    HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID, DWORD dwAppAPIVersion,
    LPLINEAGENTCAPS lpAgentCaps);

/* List the groups the agent may log into; asynchronous (2.0) */
LONG WINAPI lineGetAgentGroupListA(HLINE hLine, DWORD dwAddressID, LPLINEAGENTGROUPLIST lpAgentGroupList);
LONG WINAPI lineGetAgentGroupListW(HLINE hLine, DWORD dwAddressID, LPLINEAGENTGROUPLIST lpAgentGroupList);

/* Read statistics and state of an agent; asynchronous (2.2) */
LONG WINAPI lineGetAgentInfo(HLINE hLine, HAGENT hAgent, LPLINEAGENTINFO lpAgentInfo);

/* Read statistics and state of an agent session; asynchronous (2.2) */
LONG WINAPI lineGetAgentSessionInfo(
    HLINE hLine, HAGENTSESSION hAgentSession, LPLINEAGENTSESSIONINFO lpAgentSessionInfo);

/* List the sessions of an agent; asynchronous (2.2) */
LONG WINAPI lineGetAgentSessionList(HLINE hLine, HAGENT hAgent, LPLINEAGENTSESSIONLIST lpAgentSessionList);

/* Read state, activity and groups of the agent on an address; asynchronous (2.0) */
LONG WINAPI lineGetAgentStatusA(HLINE hLine, DWORD dwAddressID, LPLINEAGENTSTATUS lpAgentStatus);
LONG WINAPI lineGetAgentStatusW(HLINE hLine, DWORD dwAddressID, LPLINEAGENTSTATUS lpAgentStatus);

/* List the ACD groups; asynchronous (2.2) */
LONG WINAPI lineGetGroupListA(HLINE hLine, LPLINEAGENTGROUPLIST lpGroupList);
LONG WINAPI lineGetGroupListW(HLINE hLine, LPLINEAGENTGROUPLIST lpGroupList);

/* List the proxy request types that now have a handler on a device (2.2) */
LONG WINAPI lineGetProxyStatus(
    HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAppAPIVersion, LPLINEPROXYREQUESTLIST lpLineProxyReqestList);

/* Read the statistics of a queue; asynchronous (2.2) */
LONG WINAPI lineGetQueueInfo(HLINE hLine, DWORD dwQueueID, LPLINEQUEUEINFO lpLineQueueInfo);

/* List the queues of a group; asynchronous (2.2) */
LONG WINAPI lineGetQueueListA(HLINE hLine, LPGUID lpGroupID, LPLINEQUEUELIST lpQueueList);
LONG WINAPI lineGetQueueListW(HLINE hLine, LPGUID lpGroupID, LPLINEQUEUELIST lpQueueList);

/* Proxy sends an agent message to all apps on the line (2.0) */
LONG WINAPI lineProxyMessage(
    HLINE hLine, HCALL hCall, DWORD dwMsg, DWORD dwParam1, DWORD dwParam2, DWORD dwParam3);

/* Proxy completes a LINE_PROXYREQUEST (2.0) */
LONG WINAPI lineProxyResponse(HLINE hLine, LPLINEPROXYREQUEST lpProxyRequest, DWORD dwResult);

/* Set the activity code of the agent on an address; asynchronous (2.0) */
LONG WINAPI lineSetAgentActivity(HLINE hLine, DWORD dwAddressID, DWORD dwActivityID);

/* Log the agent on an address into groups; asynchronous (2.0) */
LONG WINAPI lineSetAgentGroup(HLINE hLine, DWORD dwAddressID, LPLINEAGENTGROUPLIST lpAgentGroupList);

/* Set the statistics period of an agent (seconds); asynchronous (2.2) */
LONG WINAPI lineSetAgentMeasurementPeriod(HLINE hLine, HAGENT hAgent, DWORD dwMeasurementPeriod);

/* Set the state of an agent session; asynchronous (2.2) */
LONG WINAPI lineSetAgentSessionState(
    HLINE hLine, HAGENTSESSION hAgentSession, DWORD dwAgentSessionState, DWORD dwNextAgentSessionState);

/* Set the state of the agent on an address; asynchronous (2.0) */
LONG WINAPI lineSetAgentState(HLINE hLine, DWORD dwAddressID, DWORD dwAgentState, DWORD dwNextAgentState);

/* Set the state of an agent handle; asynchronous (2.2) */
LONG WINAPI lineSetAgentStateEx(HLINE hLine, HAGENT hAgent, DWORD dwAgentState, DWORD dwNextAgentState);

/* Set the statistics period of a queue (seconds); asynchronous (2.2) */
LONG WINAPI lineSetQueueMeasurementPeriod(HLINE hLine, DWORD dwQueueID, DWORD dwMeasurementPeriod);

/* ---- Management of service providers ------------------------------------------------------------------- */

/* Install a service provider in the system (1.4) */
LONG WINAPI lineAddProviderA(LPCSTR lpszProviderFilename, HWND hwndOwner, LPDWORD lpdwPermanentProviderID);
LONG WINAPI lineAddProviderW(LPCWSTR lpszProviderFilename, HWND hwndOwner, LPDWORD lpdwPermanentProviderID);
LONG WINAPI lineAddProvider(LPCSTR lpszProviderFilename, HWND hwndOwner, LPDWORD lpdwPermanentProviderID);

/* Show the configuration dialog of a provider (1.4) */
LONG WINAPI lineConfigProvider(HWND hwndOwner, DWORD dwPermanentProviderID);

/* List the installed providers (1.4) */
LONG WINAPI lineGetProviderListA(DWORD dwAPIVersion, LPLINEPROVIDERLIST lpProviderList);
LONG WINAPI lineGetProviderListW(DWORD dwAPIVersion, LPLINEPROVIDERLIST lpProviderList);
LONG WINAPI lineGetProviderList(DWORD dwAPIVersion, LPLINEPROVIDERLIST lpProviderList);

/* Remove a provider */
LONG WINAPI lineRemoveProvider(DWORD dwPermanentProviderID, HWND hwndOwner);

/* ---- Phone functions ----------------------------------------------------------------------------------- */

/* Close a phone handle */
LONG WINAPI phoneClose(HPHONE hPhone);

/* Show the provider's settings dialog for a phone */
LONG WINAPI phoneConfigDialogA(DWORD dwDeviceID, HWND hwndOwner, LPCSTR lpszDeviceClass);
LONG WINAPI phoneConfigDialogW(DWORD dwDeviceID, HWND hwndOwner, LPCWSTR lpszDeviceClass);
LONG WINAPI phoneConfigDialog(DWORD dwDeviceID, HWND hwndOwner, LPCSTR lpszDeviceClass);

/* Read function, mode, text of a button */
LONG WINAPI phoneGetButtonInfoA(HPHONE hPhone, DWORD dwButtonLampID, LPPHONEBUTTONINFO lpButtonInfo);
LONG WINAPI phoneGetButtonInfoW(HPHONE hPhone, DWORD dwButtonLampID, LPPHONEBUTTONINFO lpButtonInfo);
LONG WINAPI phoneGetButtonInfo(HPHONE hPhone, DWORD dwButtonLampID, LPPHONEBUTTONINFO lpButtonInfo);

/* Upload a data area of the phone */
LONG WINAPI phoneGetData(HPHONE hPhone, DWORD dwDataID, LPVOID lpData, DWORD dwSize);

/* Read the capabilities of a phone */
LONG WINAPI phoneGetDevCapsA(
    HPHONEAPP hPhoneApp, DWORD dwDeviceID, DWORD dwAPIVersion, DWORD dwExtVersion, LPPHONECAPS lpPhoneCaps);
LONG WINAPI phoneGetDevCapsW(
    HPHONEAPP hPhoneApp, DWORD dwDeviceID, DWORD dwAPIVersion, DWORD dwExtVersion, LPPHONECAPS lpPhoneCaps);
LONG WINAPI phoneGetDevCaps(
    HPHONEAPP hPhoneApp, DWORD dwDeviceID, DWORD dwAPIVersion, DWORD dwExtVersion, LPPHONECAPS lpPhoneCaps);

/* Read the display text */
LONG WINAPI phoneGetDisplay(HPHONE hPhone, LPVARSTRING lpDisplay);

/* Read the microphone gain of a hookswitch device */
LONG WINAPI phoneGetGain(HPHONE hPhone, DWORD dwHookSwitchDev, LPDWORD lpdwGain);

/* Read which hookswitch devices are off hook */
LONG WINAPI phoneGetHookSwitch(HPHONE hPhone, LPDWORD lpdwHookSwitchDevs);

/* Get the id of a media / line device tied to the phone */
LONG WINAPI phoneGetIDA(HPHONE hPhone, LPVARSTRING lpDeviceID, LPCSTR lpszDeviceClass);
LONG WINAPI phoneGetIDW(HPHONE hPhone, LPVARSTRING lpDeviceID, LPCWSTR lpszDeviceClass);
LONG WINAPI phoneGetID(HPHONE hPhone, LPVARSTRING lpDeviceID, LPCSTR lpszDeviceClass);

/* Get an icon for the phone service */
LONG WINAPI phoneGetIconA(DWORD dwDeviceID, LPCSTR lpszDeviceClass, LPHICON lphIcon);
LONG WINAPI phoneGetIconW(DWORD dwDeviceID, LPCWSTR lpszDeviceClass, LPHICON lphIcon);
LONG WINAPI phoneGetIcon(DWORD dwDeviceID, LPCSTR lpszDeviceClass, LPHICON lphIcon);

/* Read the mode of a lamp */
LONG WINAPI phoneGetLamp(HPHONE hPhone, DWORD dwButtonLampID, LPDWORD lpdwLampMode);

/* Fetch the next queued phone message (event mode) (2.0) */
LONG WINAPI phoneGetMessage(HPHONEAPP hPhoneApp, LPPHONEMESSAGE lpMessage, DWORD dwTimeout);

/* Read ring mode and volume */
LONG WINAPI phoneGetRing(HPHONE hPhone, LPDWORD lpdwRingMode, LPDWORD lpdwVolume);

/* Read the overall status of an open phone */
LONG WINAPI phoneGetStatusA(HPHONE hPhone, LPPHONESTATUS lpPhoneStatus);
LONG WINAPI phoneGetStatusW(HPHONE hPhone, LPPHONESTATUS lpPhoneStatus);
LONG WINAPI phoneGetStatus(HPHONE hPhone, LPPHONESTATUS lpPhoneStatus);

/* Read which phone messages are enabled */
LONG WINAPI phoneGetStatusMessages(
    HPHONE hPhone, LPDWORD lpdwPhoneStates, LPDWORD lpdwButtonModes, LPDWORD lpdwButtonStates);

/* Read the speaker volume of a hookswitch device */
LONG WINAPI phoneGetVolume(HPHONE hPhone, DWORD dwHookSwitchDev, LPDWORD lpdwVolume);

/* Register an application for phones (2.0) */
LONG WINAPI phoneInitializeExA(
    LPHPHONEAPP lphPhoneApp, HINSTANCE hInstance, PHONECALLBACK lpfnCallback, LPCSTR lpszFriendlyAppName,
    LPDWORD lpdwNumDevs, LPDWORD lpdwAPIVersion, LPPHONEINITIALIZEEXPARAMS lpPhoneInitializeExParams);
LONG WINAPI phoneInitializeExW(
    LPHPHONEAPP lphPhoneApp, HINSTANCE hInstance, PHONECALLBACK lpfnCallback, LPCWSTR lpszFriendlyAppName,
    LPDWORD lpdwNumDevs, LPDWORD lpdwAPIVersion, LPPHONEINITIALIZEEXPARAMS lpPhoneInitializeExParams);

/* Agree on the API version for a phone */
LONG WINAPI phoneNegotiateAPIVersion(
    HPHONEAPP hPhoneApp, DWORD dwDeviceID, DWORD dwAPILowVersion, DWORD dwAPIHighVersion,
    LPDWORD lpdwAPIVersion, LPPHONEEXTENSIONID lpExtensionID);

/* Open a phone as owner or monitor */
LONG WINAPI phoneOpen(
    HPHONEAPP hPhoneApp, DWORD dwDeviceID, LPHPHONE lphPhone, DWORD dwAPIVersion, DWORD dwExtVersion,
    DWORD_PTR dwCallbackInstance, DWORD dwPrivilege);

/* Write function, mode, text of a button; asynchronous [hPhone: owner] */
LONG WINAPI phoneSetButtonInfoA(HPHONE hPhone, DWORD dwButtonLampID, LPPHONEBUTTONINFO const lpButtonInfo);
LONG WINAPI phoneSetButtonInfoW(HPHONE hPhone, DWORD dwButtonLampID, LPPHONEBUTTONINFO const lpButtonInfo);
LONG WINAPI phoneSetButtonInfo(HPHONE hPhone, DWORD dwButtonLampID, LPPHONEBUTTONINFO const lpButtonInfo);

/* Download a data area to the phone; asynchronous [hPhone: owner] */
LONG WINAPI phoneSetData(HPHONE hPhone, DWORD dwDataID, LPVOID const lpData, DWORD dwSize);

/* Write text at a position of the display; asynchronous [hPhone: owner] */
LONG WINAPI phoneSetDisplay(HPHONE hPhone, DWORD dwRow, DWORD dwColumn, LPCSTR lpsDisplay, DWORD dwSize);

/* Set microphone gain; asynchronous [hPhone: owner] */
LONG WINAPI phoneSetGain(HPHONE hPhone, DWORD dwHookSwitchDev, DWORD dwGain);

/* Set the hook state of hookswitch devices; asynchronous [hPhone: owner] */
LONG WINAPI phoneSetHookSwitch(HPHONE hPhone, DWORD dwHookSwitchDevs, DWORD dwHookSwitchMode);

/* Set the mode of a lamp; asynchronous [hPhone: owner] */
LONG WINAPI phoneSetLamp(HPHONE hPhone, DWORD dwButtonLampID, DWORD dwLampMode);

/* Ring the phone with mode and volume; asynchronous [hPhone: owner] */
LONG WINAPI phoneSetRing(HPHONE hPhone, DWORD dwRingMode, DWORD dwVolume);

/* Choose phone and button messages */
LONG WINAPI phoneSetStatusMessages(
    HPHONE hPhone, DWORD dwPhoneStates, DWORD dwButtonModes, DWORD dwButtonStates);

/* Set speaker volume; asynchronous [hPhone: owner] */
LONG WINAPI phoneSetVolume(HPHONE hPhone, DWORD dwHookSwitchDev, DWORD dwVolume);

/* End the application's use of phones */
LONG WINAPI phoneShutdown(HPHONEAPP hPhoneApp);

/* Register an application for phones, TAPI 1.x form */
LONG WINAPI phoneInitialize(
    LPHPHONEAPP lphPhoneApp, HINSTANCE hInstance, PHONECALLBACK lpfnCallback, LPCSTR lpszAppName,
    LPDWORD lpdwNumDevs);

/* ---- Extended phone functions -------------------------------------------------------------------------- */

/* Provider-defined request on a phone; asynchronous */
LONG WINAPI phoneDevSpecific(HPHONE hPhone, LPVOID lpParams, DWORD dwSize);

/* Agree on an extension version for a phone */
LONG WINAPI phoneNegotiateExtVersion(
    HPHONEAPP hPhoneApp, DWORD dwDeviceID, DWORD dwAPIVersion, DWORD dwExtLowVersion, DWORD dwExtHighVersion,
    LPDWORD lpdwExtVersion);

/* ---- Assisted telephony: a program asks a call-control application to make a call ---------------------- */

/* Fetch the next assisted-telephony request */
LONG WINAPI lineGetRequestA(HLINEAPP hLineApp, DWORD dwRequestMode, LPVOID lpRequestBuffer);
LONG WINAPI lineGetRequestW(HLINEAPP hLineApp, DWORD dwRequestMode, LPVOID lpRequestBuffer);
LONG WINAPI lineGetRequest(HLINEAPP hLineApp, DWORD dwRequestMode, LPVOID lpRequestBuffer);

/* Register as handler for assisted-telephony requests */
LONG WINAPI lineRegisterRequestRecipient(
    HLINEAPP hLineApp, DWORD dwRegistrationInstance, DWORD dwRequestMode, DWORD bEnable);

/* Read country and city code of the current location */
LONG WINAPI tapiGetLocationInfoA(LPSTR lpszCountryCode, LPSTR lpszCityCode);
LONG WINAPI tapiGetLocationInfoW(LPWSTR lpszCountryCode, LPWSTR lpszCityCode);
LONG WINAPI tapiGetLocationInfo(LPSTR lpszCountryCode, LPSTR lpszCityCode);

/* Ask the call-control application to place a voice call */
LONG WINAPI tapiRequestMakeCallA(
    LPCSTR lpszDestAddress, LPCSTR lpszAppName, LPCSTR lpszCalledParty, LPCSTR lpszComment);
LONG WINAPI tapiRequestMakeCallW(
    LPCWSTR lpszDestAddress, LPCWSTR lpszAppName, LPCWSTR lpszCalledParty, LPCWSTR lpszComment);
LONG WINAPI tapiRequestMakeCall(
    LPCSTR lpszDestAddress, LPCSTR lpszAppName, LPCSTR lpszCalledParty, LPCSTR lpszComment);

/* End a call made with tapiRequestMediaCall */
LONG WINAPI tapiRequestDrop(HWND hwnd, WPARAM wRequestID);

/* Ask for a media call */
LONG WINAPI tapiRequestMediaCallA(
    HWND hwnd, WPARAM wRequestID, LPCSTR lpszDeviceClass, LPCSTR lpDeviceID, DWORD dwSize, DWORD dwSecure,
    LPCSTR lpszDestAddress, LPCSTR lpszAppName, LPCSTR lpszCalledParty, LPCSTR lpszComment);
LONG WINAPI tapiRequestMediaCallW(
    HWND hwnd, WPARAM wRequestID, LPCWSTR lpszDeviceClass, LPCWSTR lpDeviceID, DWORD dwSize, DWORD dwSecure,
    LPCWSTR lpszDestAddress, LPCWSTR lpszAppName, LPCWSTR lpszCalledParty, LPCWSTR lpszComment);
LONG WINAPI tapiRequestMediaCall(
    HWND hwnd, WPARAM wRequestID, LPCSTR lpszDeviceClass, LPCSTR lpDeviceID, DWORD dwSize, DWORD dwSecure,
    LPCSTR lpszDestAddress, LPCSTR lpszAppName, LPCSTR lpszCalledParty, LPCSTR lpszComment);

TRUNKLINE_EXPORTS_END

/* ---- Names without suffix ------------------------------------------------------------------------------ */

/*
 * Define TAPI_NO_UNSUFFIXED_NAMES before including this header to keep these names unmapped: for sources that
 * define the functions, and for C++ that uses the names for something else.
 */
#ifndef TAPI_NO_UNSUFFIXED_NAMES

#ifdef UNICODE
#define TAPI_NAME_AW(name) name##W
#else
#define TAPI_NAME_AW(name) name##A
#endif

#define lineAddProvider            TAPI_NAME_AW(lineAddProvider)
#define lineBlindTransfer          TAPI_NAME_AW(lineBlindTransfer)
#define lineConfigDialog           TAPI_NAME_AW(lineConfigDialog)
#define lineConfigDialogEdit       TAPI_NAME_AW(lineConfigDialogEdit)
#define lineCreateAgent            TAPI_NAME_AW(lineCreateAgent)
#define lineCreateAgentSession     TAPI_NAME_AW(lineCreateAgentSession)
#define lineDial                   TAPI_NAME_AW(lineDial)
#define lineForward                TAPI_NAME_AW(lineForward)
#define lineGatherDigits           TAPI_NAME_AW(lineGatherDigits)
#define lineGenerateDigits         TAPI_NAME_AW(lineGenerateDigits)
#define lineGetAddressCaps         TAPI_NAME_AW(lineGetAddressCaps)
#define lineGetAddressID           TAPI_NAME_AW(lineGetAddressID)
#define lineGetAddressStatus       TAPI_NAME_AW(lineGetAddressStatus)
#define lineGetAgentActivityList   TAPI_NAME_AW(lineGetAgentActivityList)
#define lineGetAgentCaps           TAPI_NAME_AW(lineGetAgentCaps)
#define lineGetAgentGroupList      TAPI_NAME_AW(lineGetAgentGroupList)
#define lineGetAgentStatus         TAPI_NAME_AW(lineGetAgentStatus)
#define lineGetAppPriority         TAPI_NAME_AW(lineGetAppPriority)
#define lineGetCallInfo            TAPI_NAME_AW(lineGetCallInfo)
#define lineGetCountry             TAPI_NAME_AW(lineGetCountry)
#define lineGetDevCaps             TAPI_NAME_AW(lineGetDevCaps)
#define lineGetDevConfig           TAPI_NAME_AW(lineGetDevConfig)
#define lineGetGroupList           TAPI_NAME_AW(lineGetGroupList)
#define lineGetID                  TAPI_NAME_AW(lineGetID)
#define lineGetIcon                TAPI_NAME_AW(lineGetIcon)
#define lineGetLineDevStatus       TAPI_NAME_AW(lineGetLineDevStatus)
#define lineGetProviderList        TAPI_NAME_AW(lineGetProviderList)
#define lineGetQueueList           TAPI_NAME_AW(lineGetQueueList)
#define lineGetRequest             TAPI_NAME_AW(lineGetRequest)
#define lineGetTranslateCaps       TAPI_NAME_AW(lineGetTranslateCaps)
#define lineHandoff                TAPI_NAME_AW(lineHandoff)
#define lineInitializeEx           TAPI_NAME_AW(lineInitializeEx)
#define lineMakeCall               TAPI_NAME_AW(lineMakeCall)
#define lineOpen                   TAPI_NAME_AW(lineOpen)
#define linePark                   TAPI_NAME_AW(linePark)
#define linePickup                 TAPI_NAME_AW(linePickup)
#define linePrepareAddToConference TAPI_NAME_AW(linePrepareAddToConference)
#define lineRedirect               TAPI_NAME_AW(lineRedirect)
#define lineSetAppPriority         TAPI_NAME_AW(lineSetAppPriority)
#define lineSetDevConfig           TAPI_NAME_AW(lineSetDevConfig)
#define lineSetTollList            TAPI_NAME_AW(lineSetTollList)
#define lineSetupConference        TAPI_NAME_AW(lineSetupConference)
#define lineSetupTransfer          TAPI_NAME_AW(lineSetupTransfer)
#define lineTranslateAddress       TAPI_NAME_AW(lineTranslateAddress)
#define lineTranslateDialog        TAPI_NAME_AW(lineTranslateDialog)
#define lineUnpark                 TAPI_NAME_AW(lineUnpark)
#define phoneConfigDialog          TAPI_NAME_AW(phoneConfigDialog)
#define phoneGetButtonInfo         TAPI_NAME_AW(phoneGetButtonInfo)
#define phoneGetDevCaps            TAPI_NAME_AW(phoneGetDevCaps)
#define phoneGetID                 TAPI_NAME_AW(phoneGetID)
#define phoneGetIcon               TAPI_NAME_AW(phoneGetIcon)
#define phoneGetStatus             TAPI_NAME_AW(phoneGetStatus)
#define phoneInitializeEx          TAPI_NAME_AW(phoneInitializeEx)
#define phoneSetButtonInfo         TAPI_NAME_AW(phoneSetButtonInfo)
#define tapiGetLocationInfo        TAPI_NAME_AW(tapiGetLocationInfo)
#define tapiRequestMakeCall        TAPI_NAME_AW(tapiRequestMakeCall)
#define tapiRequestMediaCall       TAPI_NAME_AW(tapiRequestMediaCall)

#endif /* TAPI_NO_UNSUFFIXED_NAMES */

#ifdef __cplusplus
}
#endif

#pragma pack(pop)

#endif
