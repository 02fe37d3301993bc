"""GOV.UK's list of organisations, live."""
