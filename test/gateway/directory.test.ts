/** What stands at `/`, for programs and for people. */
import { expect, test } from 'vitest'
import { formatVerifierKey } from '../../src/core/note/index.ts'
import { formatDirectoryPage } from '../../src/web/gateway/directory.ts'
import { verifierKeyOf } from '../../src/web/log/index.ts'
import { completionText } from '../support/chat-texts.ts'
import { wholeReply } from '../support/scripted-upstream.ts'
import { testGateway } from '../support/test-gateway.ts'

const start = () => testGateway(() => wholeReply(completionText('Hi')), { isAlone: true })

/** As a browser asks for a page. */
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'

test('programs get JSON: the log by its key and size, and every path', async () => {
  const { gateway, issuer } = await start()
  await issuer.issuer.log.append({ entry: Buffer.from('one'), writes: () => [] })
  for (const accept of ['*/*', 'application/json', 'application/json, text/html;q=0.5', 'image/png']) {
    const answer = await fetch(gateway.url, { headers: { accept } })
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
    expect(answer.headers.get('vary')).toBe('accept')
    expect(await answer.json()).toMatchObject({
      service: 'colophon gateway',
      log: {
        origin: issuer.issuer.checkpointSigner.name,
        vkey: formatVerifierKey(verifierKeyOf(issuer.issuer.checkpointSigner)),
        size: '1',
        checkpoint: '/checkpoint',
        tiles: '/tile/{level}/{index}[.p/{width}]',
        entries: '/tile/entries/{index}[.p/{width}]',
      },
      captured: expect.arrayContaining(['POST …/chat/completions', 'POST /v1/…']),
      open: expect.arrayContaining(['/runs/{id}']),
      withToken: expect.arrayContaining(['/runs']),
    })
  }
})

test('people get a page on which nothing runs, and nothing is loaded', async () => {
  const { gateway, issuer } = await start()
  const answer = await fetch(gateway.url, { headers: { accept: BROWSER } })
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'")
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const page = await answer.text()
  expect(page).not.toMatch(/<script|<style|src=|href=/)
  for (const text of [formatVerifierKey(verifierKeyOf(issuer.issuer.checkpointSigner)), 'size: 0', '/checkpoint']) {
    expect(page).toContain(text)
  }
  const head = await fetch(gateway.url, { method: 'HEAD', headers: { accept: BROWSER } })
  expect([head.status, await head.text()]).toEqual([200, ''])
})

test('what stands on the page is text', () => {
  const page = formatDirectoryPage({ service: '<b>&"\'', log: { origin: '<script>x</script>' }, '<i>': ['<u>'] })
  expect(page).toContain('&lt;b&gt;&amp;&quot;&#39;')
  expect(page).toContain('origin: &lt;script&gt;x&lt;/script&gt;')
  expect(page).not.toMatch(/<[biu]>|<script/)
})
