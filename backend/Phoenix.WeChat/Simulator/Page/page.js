'use strict';

const kinds = {
  error: '返回错误码', delay: '回答很慢', dropBefore: '没做就断线', dropAfter: '做完才断线', garbage: '回一页网页', empty: '回空内容', http500: '回 HTTP 500', truncated: '回半截内容',
};
const codes = {
  '-1': '系统繁忙', 40001: '令牌不对', 42001: '令牌过期', 45009: '超过次数', 45011: '太频繁', 43101: '用户拒收', 43108: '同时发给一人', 47003: '参数不对', 40037: '模板不对', 41030: '页面不对', 45168: '敏感内容', 48001: '没有权限', 40226: '高风险用户',
};
const pushStates = { waiting: ['等着发', 'warn'], taken: ['已收下', ''], givenUp: ['放弃了', 'bad'], nowhere: ['没有地址', 'warn'] };
const endpoints = {
  '/sns/jscode2session': '登录', '/wxa/business/getuserphonenumber': '取手机号', '/cgi-bin/token': '取令牌', '/cgi-bin/stable_token': '取稳定令牌',
  '/cgi-bin/message/subscribe/send': '发订阅消息', '/cgi-bin/message/wxopen/template/send': '发模板消息（已停用）', '/cgi-bin/message/wxopen/template/uniform_send': '统一服务消息（已停用）',
  '/wxaapi/newtmpl/getcategory': '模板类目', '/wxaapi/newtmpl/getpubtemplatetitles': '公共模板', '/wxaapi/newtmpl/getpubtemplatekeywords': '模板关键词',
  '/wxaapi/newtmpl/addtemplate': '添加模板', '/wxaapi/newtmpl/gettemplate': '我的模板', '/wxaapi/newtmpl/deltemplate': '删除模板',
  '/wxa/getwxacodeunlimit': '小程序码', '/wxa/msg_sec_check': '文字检查', '/wxa/media_check_async': '图片检查',
  '/wxa/checksession': '检查登录态', '/wxa/resetusersessionkey': '重置登录态', '/wxa/getuserriskrank': '用户风险', '/wxa/generate_urllink': '短链接', '/wxa/generatescheme': '跳转链接',
  '/cgi-bin/openapi/quota/get': '查调用次数', '/cgi-bin/openapi/quota/clear': '清调用次数', '/cgi-bin/clear_quota': '清全部次数', '/cgi-bin/openapi/rid/get': '查请求编号',
};
const events = { subscribe_msg_popup_event: '用户答复了订阅', subscribe_msg_change_event: '用户关掉了通知', subscribe_msg_sent_event: '消息送到了', wxa_media_check: '图片检查有结果' };
const choices = { accept: '总是允许', reject: '总是拒绝' };
const pollMilliseconds = 2000;
const id = name => document.getElementById(name);
const view = { openId: localStorage.getItem('openId'), tab: 'user', users: [], state: null, seen: {}, open: new Set() };

function el(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {}))
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) made.setAttribute(name, value === true ? '' : value);
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

async function ask(method, path, body) {
  const answer = await fetch(path, {
    method, headers: body ? { 'Content-Type': 'application/json' } : {}, body: body ? JSON.stringify(body) : undefined,
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.title ?? '没有办成。');
  return said;
}

// Draws a part again only when what it shows has changed, so that nothing flickers or closes under the finger.
function show(name, value, draw) {
  const written = JSON.stringify(value);
  if (view.seen[name] === written) return;
  view.seen[name] = written;
  id(name).replaceChildren(...draw(value));
}

function alarm(text) {
  id('alarm').hidden = !text;
  id('alarm').textContent = text ?? '';
}

async function act(work) {
  try {
    await work();
    await refresh();
  } catch (e) {
    sheet('没有办成', e.message, null);
  }
}

function sheet(title, text, code) {
  id('sheet-title').textContent = title;
  id('sheet-text').textContent = text;
  id('sheet-code').textContent = code ?? '';
  id('sheet-code').hidden = id('sheet-copy').hidden = !code;
  if (!id('sheet').open) id('sheet').showModal();
}

function timeOf(iso, seconds) {
  return new Date(iso).toLocaleString('zh-CN', {
    timeZone: 'Asia/Shanghai', month: seconds ? undefined : 'numeric', day: seconds ? undefined : 'numeric', hour: '2-digit', minute: '2-digit', second: seconds ? '2-digit' : undefined, hour12: false,
  });
}

const face = name => el('span', { class: `face face-${[...name].reduce((sum, c) => sum + c.codePointAt(0), 0) % 6}`, 'aria-hidden': 'true' }, [...name][0]);
const empty = text => [el('p', { class: 'empty' }, text)];
const row = (main, note, ...end) => el('div', { class: 'row' }, el('div', { class: 'row-main' }, main, note ? el('small', {}, note) : null), el('div', { class: 'row-end' }, ...end));
const small = (text, onclick, label) => el('button', { type: 'button', class: 'small', onclick, 'aria-label': label ?? null }, text);

function drawPeople(users) {
  return users.length === 0
    ? [el('p', { class: 'hint' }, '还没有微信用户，先添加一位。')]
    : users.map(user => el('button', { type: 'button', class: 'person', 'aria-pressed': String(user.openId === view.openId), onclick: () => choose(user.openId) }, face(user.name), user.name));
}

function drawMessages(messages) {
  if (!view.openId) return empty('先选一位微信用户。');
  if (messages.length === 0) return empty('还没有服务通知。产品发来的订阅消息会出现在这里。');
  return messages.flatMap(message => [
    el('p', { class: 'when' }, timeOf(message.at)),
    el('button', { type: 'button', class: 'message', disabled: !message.page, onclick: () => sheet('点开后进入小程序', '这条通知会打开下面的页面。', message.page) },
      el('span', { class: 'message-from' }, el('i', {}), '凤凰里志愿'),
      el('h3', {}, message.title),
      el('dl', {}, ...message.fields.flatMap(field => [el('dt', {}, field.label), el('dd', {}, field.value)])),
      message.page ? el('span', { class: 'message-go' }, '进入小程序查看', el('span', { 'aria-hidden': 'true' }, '›')) : null),
  ]);
}

function drawUser({ user, templates }) {
  if (!user) return empty('先选一位微信用户。');
  const change = body => act(() => ask('POST', 'client/change', { openId: user.openId, ...body }));
  const check = (text, checked, onchange) => el('label', { class: 'check' }, el('input', { type: 'checkbox', checked, onchange: e => onchange(e.target.checked) }), el('span', {}, text));
  const code = (path, title, text) => act(async () => {
    const said = await ask('POST', path, { openId: user.openId });
    sheet(said.code ? title : '微信没有给', said.code ? text : said.errMsg, said.code ?? null);
  });
  return [
    el('div', { class: 'card' },
      el('h2', {}, user.name),
      row(user.phone, '手机号', small('取手机号码', () => code('client/phone', '手机号授权码', '五分钟内有效，只能用一次。'))),
      row(user.openId, 'openid', small('取登录码', () => code('client/login', '登录码', '五分钟内有效，只能用一次。'))),
      check('接收这个小程序的消息', user.takesMessages, isOn => act(() => ask('POST', 'client/switch', { openId: user.openId, isOn }))),
      check('要手机号时点“拒绝”', user.phoneAnswer === 'deny', isOn => change({ phoneAnswer: isOn ? 'deny' : 'allow' })),
      check('微信认为有风险，不让登录', user.isBlocked, isBlocked => change({ isBlocked }))),
    el('div', { class: 'card' },
      el('h2', {}, '还能收几条'),
      ...templates.map(template => drawSubscription(user, template))),
  ];
}

function drawSubscription(user, template) {
  const held = user.subscriptions.find(s => s.templateId === template.id);
  const quota = held?.quota ?? 0;
  const accept = () => act(async () => {
    const said = await ask('POST', 'client/subscribe', { openId: user.openId, tmplIds: [template.id], choices: { [template.id]: 'accept' } });
    if (said[template.id] !== 'accept') throw new Error(said.errMsg.endsWith('ok') ? '这位用户在设置里拒绝了这类通知，请先恢复。' : said.errMsg);
  });
  const turn = isOn => act(() => ask('POST', 'client/switch', { openId: user.openId, templateId: template.id, isOn }));
  return row(template.title, held?.saved ? choices[held.saved] : null,
    el('span', { class: quota ? 'count' : 'count none', title: '条' }, String(quota)),
    held?.saved === 'reject' ? small('恢复', () => turn(true), `恢复${template.title}`) : small('允许一次', accept, `允许一次${template.title}`),
    held?.saved !== 'reject' && quota > 0 ? small('关掉', () => turn(false), `关掉${template.title}`) : null);
}

function drawFaults(faults) {
  if (faults.length === 0) return empty('一切正常，没有打开的故障。');
  const close = path => () => act(() => ask('DELETE', path));
  return [el('div', { class: 'card' },
    el('h2', {}, '打开着的故障'),
    ...faults.map(fault => row(
      kinds[fault.kind] + (fault.kind === 'error' ? ` ${fault.errCode} ${codes[fault.errCode] ?? ''}` : ''),
      [fault.endpoint === '*' ? '所有接口' : endpoints[fault.endpoint] ?? fault.endpoint, fault.times ? `还有 ${fault.times} 次` : '直到关掉', secondsOf(fault.delay) ? `晚 ${secondsOf(fault.delay)} 秒` : null].filter(Boolean).join('，'),
      small('关掉', close(`control/faults/${fault.id}`)))),
    faults.length > 1 ? row('', null, small('全部关掉', close('control/faults'))) : null)];
}

// A span of less than a day: 00:00:03.5.
const secondsOf = span => span.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);

function drawCalls(calls) {
  if (calls.length === 0) return empty('产品还没有调用过微信。');
  return [el('div', { class: 'card' }, ...calls.map(call => {
    const drawn = el('details', { class: 'call', open: view.open.has(call.rid), ontoggle: e => view.open[e.target.open ? 'add' : 'delete'](call.rid) },
      el('summary', {},
        el('time', {}, timeOf(call.at, true)),
        el('span', { class: 'path' }, endpoints[call.endpoint] ?? '接口', el('small', {}, call.endpoint)),
        el('span', { class: 'badges' },
          call.fault ? el('span', { class: 'badge warn' }, '故障') : null,
          el('span', { class: call.errCode ? 'badge bad' : 'badge' }, call.errCode ? String(call.errCode) : '成功'))),
      el('pre', {}, `${call.method} ${call.endpoint}\n${call.request}`),
      el('pre', {}, call.answer),
      el('p', { class: 'hint' }, `用时 ${call.milliseconds} 毫秒` + (call.fault ? `，故障：${call.fault}` : '')));
    return drawn;
  }))];
}

function drawPushes(pushes) {
  if (pushes.length === 0) return empty('还没有推送。用户答复订阅、关掉通知，或消息送达时，这里会有。');
  return [el('div', { class: 'card' }, ...pushes.map(push => {
    const [word, kind] = pushStates[push.state];
    return row(events[push.event] ?? push.event, `${timeOf(push.createdAt, true)}，试了 ${push.tries} 次` + (push.lastAnswer && push.state !== 'taken' ? `，${push.lastAnswer}` : ''),
      el('span', { class: `badge ${kind}` }, word),
      push.state === 'waiting' ? null : small('再发一次', () => act(() => ask('POST', 'control/push/again', { id: push.id }))));
  }))];
}

function drawWords(words) {
  const suggestions = { review: ['要人看', 'warn'], risky: ['不能用', 'bad'], pass: ['通过', ''] };
  return [el('div', { class: 'card' }, el('h2', {}, '文字检查会发现的词'),
    ...words.map(word => row(word.word, `标签 ${word.label}`, el('span', { class: `badge ${suggestions[word.suggestion][1]}` }, suggestions[word.suggestion][0]))))];
}

function choose(openId) {
  view.openId = openId;
  localStorage.setItem('openId', openId);
  view.seen = {};
  act(() => Promise.resolve());
}

function turnTo(tab) {
  view.tab = tab;
  history.replaceState(null, '', '#/' + tab);
  for (const button of document.querySelectorAll('[data-tab]')) button.setAttribute('aria-selected', String(button.dataset.tab === tab));
  for (const pane of document.querySelectorAll('[data-pane]')) pane.classList.toggle('on', pane.dataset.pane === tab);
}

async function refresh() {
  const [users, state] = await Promise.all([ask('GET', 'client/users'), ask('GET', 'control/state')]);
  view.users = users;
  if (!users.some(user => user.openId === view.openId)) view.openId = users[0]?.openId ?? null;
  const user = users.find(u => u.openId === view.openId) ?? null;
  if (!view.state) fill(state);
  view.state = state;
  alarm(state.faults.length ? `有 ${state.faults.length} 个故障开着` : null);
  show('people', [users.map(u => [u.openId, u.name]), view.openId], () => drawPeople(users));
  id('whose').textContent = user ? `${user.name}的微信` : '';
  show('messages', user ? await ask('GET', `client/users/${user.openId}/messages`) : [], drawMessages);
  show('user', { user, templates: state.templates }, drawUser);
  show('faults', state.faults, drawFaults);
  show('words', state.settings.plantedWords, drawWords);
  if (view.tab === 'calls') show('calls', await ask('GET', 'control/calls'), drawCalls);
  if (view.tab === 'push') show('pushes', await ask('GET', 'control/pushes'), drawPushes);
}

function fill(state) {
  const form = id('break').elements;
  form.endpoint.append(el('option', { value: '*' }, '所有接口'), ...state.endpoints.map(path => el('option', { value: path }, `${endpoints[path] ?? '接口'} ${path}`)));
  form.kind.append(...Object.entries(kinds).map(([kind, word]) => el('option', { value: kind }, word)));
  id('codes').append(...Object.entries(codes).map(([code, word]) => el('option', { value: code }, word)));
  fillSettings(state.settings);
  if (!state.push) return;
  for (const name of ['url', 'mode', 'format', 'shape', 'duplicates']) id('target').elements[name].value = state.push[name];
}

function fillSettings(settings) {
  const form = id('settings').elements;
  form.phoneCredit.value = settings.phoneCredit;
  form.pictureVerdict.value = settings.pictureVerdict ?? 'never';
  form.pictureVerdictSeconds.value = secondsOf(settings.pictureVerdictAfter);
  form.sentEventSeconds.value = secondsOf(settings.sentEventAfter);
  form.tokenOverlapSeconds.value = secondsOf(settings.tokenOverlap);
  form.releasedPages.value = (settings.releasedPages ?? []).join('\n');
  form.refusesConcurrentSends.checked = settings.refusesConcurrentSends;
  form.silentAcceptIsPushed.checked = settings.silentAcceptIsPushed;
}

function saveSettings(form) {
  const pages = form.releasedPages.value.split('\n').map(page => page.trim()).filter(Boolean);
  return ask('POST', 'control/settings', {
    phoneCredit: Number(form.phoneCredit.value), pictureVerdict: form.pictureVerdict.value, pictureVerdictSeconds: Number(form.pictureVerdictSeconds.value),
    sentEventSeconds: Number(form.sentEventSeconds.value), tokenOverlapSeconds: Number(form.tokenOverlapSeconds.value),
    releasedPages: pages, everyPage: pages.length === 0, refusesConcurrentSends: form.refusesConcurrentSends.checked, silentAcceptIsPushed: form.silentAcceptIsPushed.checked,
  });
}

function listen() {
  for (const button of document.querySelectorAll('[data-tab]'))
    button.addEventListener('click', () => {
      turnTo(button.dataset.tab);
      act(() => Promise.resolve());
    });
  id('add').addEventListener('submit', e => {
    e.preventDefault();
    act(async () => {
      const user = await ask('POST', 'client/users', { name: e.target.elements.name.value });
      e.target.reset();
      view.openId = user.openId;
      localStorage.setItem('openId', user.openId);
      view.seen = {};
    });
  });
  id('break').elements.kind.addEventListener('change', e => {
    document.querySelector('[data-for=error]').hidden = e.target.value !== 'error';
    if (e.target.value === 'delay' && id('break').elements.delaySeconds.value === '0') id('break').elements.delaySeconds.value = '10';
  });
  id('break').addEventListener('submit', e => {
    e.preventDefault();
    const form = e.target.elements;
    act(() => ask('POST', 'control/faults', {
      endpoint: form.endpoint.value, kind: form.kind.value, errCode: Number(form.errCode.value), delaySeconds: Number(form.delaySeconds.value),
      times: form.times.value ? Number(form.times.value) : null, takesEffect: form.takesEffect.checked ? true : null,
    }));
  });
  id('target').addEventListener('submit', e => {
    e.preventDefault();
    const form = e.target.elements;
    act(async () => {
      const said = await ask('POST', 'control/push', {
        url: form.url.value, mode: form.mode.value, format: form.format.value, shape: form.shape.value, duplicates: Number(form.duplicates.value),
      });
      id('verdict').hidden = false;
      id('verdict').className = said.isVerified ? 'wide hint good' : 'wide hint bad';
      id('verdict').textContent = said.isVerified ? '已保存，地址验证通过。' : `已保存，但地址验证没有通过：${said.answer}`;
    });
  });
  id('settings').addEventListener('submit', e => {
    e.preventDefault();
    act(async () => {
      fillSettings(await saveSettings(e.target.elements));
      id('saved').hidden = false;
      setTimeout(() => { id('saved').hidden = true; }, pollMilliseconds);
    });
  });
  id('sheet-copy').addEventListener('click', () => navigator.clipboard.writeText(id('sheet-code').textContent));
}

async function poll() {
  try {
    if (!document.hidden) await refresh();
  } catch {
    alarm('模拟器没有回应，正在重试');
  }
  setTimeout(poll, pollMilliseconds);
}

const first = matchMedia('(max-width: 820px)').matches ? 'messages' : 'user';
listen();
const asked = location.hash.slice(2);
turnTo(['messages', 'user', 'faults', 'calls', 'push', 'settings'].includes(asked) ? asked : first);
poll();
