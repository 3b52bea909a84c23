import { GeistMono } from 'geist/font/mono';
import { GeistPixelSquare } from 'geist/font/pixel/square';
import { GeistSans } from 'geist/font/sans';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import './globals.css';
import { Header } from '@/components/layout/header';
import { Providers } from '@/components/layout/providers';
import type { ThemeChoice } from '@/components/layout/theme-toggle';
import { ChainBanner } from '@/components/market/chain-banner';

export const metadata: Metadata = {
  title: { default: 'OpenGPU', template: '%s · OpenGPU' },
  description:
    'A marketplace for GPU computation without an operator: publish a task, strangers compute it, the chain pays.',
  referrer: 'no-referrer',
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f3efe7' },
    { media: '(prefers-color-scheme: dark)', color: '#13100e' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Reading the cookie renders each page on request, which the policy's nonce needs anyway.
  const theme = themeOf((await cookies()).get('theme')?.value);
  return (
    <html
      lang="en"
      data-theme={theme === 'system' ? undefined : theme}
      className={`${GeistSans.variable} ${GeistMono.variable} ${GeistPixelSquare.variable}`}
    >
      <body>
        <Providers>
          <a
            href="#main"
            className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50 focus:bg-sheet focus:p-3"
          >
            Skip to the page
          </a>
          <Header theme={theme} />
          <ChainBanner />
          <main id="main" className="mx-auto max-w-[1440px] px-4 py-8 sm:px-8 sm:py-10">
            {children}
          </main>
        </Providers>
      </body>
    </html>
  );
}

function themeOf(cookie: string | undefined): ThemeChoice {
  return cookie === 'light' || cookie === 'dark' ? cookie : 'system';
}
